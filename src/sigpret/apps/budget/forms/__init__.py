"""What people type about money, one screen per file."""
