"""One screen per file: the plans of a year, and one plan."""
