"""What an uploaded file really is, told by its bytes, inside a child process with limits."""
