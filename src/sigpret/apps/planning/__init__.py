"""Operational plans: objectives, results, products and their programming.

May import institutions and below.
"""
