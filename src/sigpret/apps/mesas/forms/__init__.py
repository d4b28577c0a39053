"""What people type in the screens of a mesa."""
