"""What goes out as a workbook and comes back: what it says now, what it would change."""
