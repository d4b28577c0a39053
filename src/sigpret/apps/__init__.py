"""The nouns of the administration, one folder each.

Imports point down the list in ARCHITECTURE.md.
"""
