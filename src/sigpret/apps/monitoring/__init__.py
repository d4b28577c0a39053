"""Quarterly rounds: report, review, evaluate, close. May import results and below."""
