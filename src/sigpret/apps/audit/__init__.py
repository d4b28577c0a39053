"""What happened, in order, unalterable: a hash chain kept by the database. Knows no app by name."""
