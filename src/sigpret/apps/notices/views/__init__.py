"""Screens of notices: the page, preferences, the administration, calendars, demonstration mail."""
