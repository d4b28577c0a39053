"""The budget: its programmatic categories, ceilings, lines and execution."""
