"""Reads about notices: the page, the bell, preferences, templates, deliveries, calendars."""
