"""One screen per file: the tokens of a person's programs."""
