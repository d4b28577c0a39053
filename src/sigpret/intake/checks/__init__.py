"""One rule per file: each claims one thing about a plan and says what to do when it fails."""
