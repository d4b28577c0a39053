"""The bytes leave only as a download or as a drawing of a page."""
