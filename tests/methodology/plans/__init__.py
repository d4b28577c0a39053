"""The rules of coherence of an annual plan, each as a table of named examples."""
