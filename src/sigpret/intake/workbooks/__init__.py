"""Workbooks that come back: what is in their cells, read without trusting the file."""
