"""Sector tables: accreditation, meetings, minutes, agreements, work plans and products."""
