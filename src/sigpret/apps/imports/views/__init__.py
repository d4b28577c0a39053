"""One screen per file: start, review, distribute, confirm, and the original file."""
