"""What makes an annual plan coherent: one rule per file, all of them listed in `registry`."""
