"""Grades of institutions, the presidential board and the goal page.

May import monitoring and below.
"""
