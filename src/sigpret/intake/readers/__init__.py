"""One reader per official source; each turns a file into rows or refuses it with reasons."""
