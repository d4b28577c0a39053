"""Institutions, sectors and axes, and who works where. May import accounts, audit, reference."""
