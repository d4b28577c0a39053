"""The methodological manual as tests: chapters are files, paragraphs are tests, tables are cases.

`PYTHONPATH=src python -m tests.spec` prints the book into docs/metodologia.
"""
