"""The invented rows written to the database, one noun per file."""
