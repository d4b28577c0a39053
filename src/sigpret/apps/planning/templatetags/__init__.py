"""What the templates of plans need."""
