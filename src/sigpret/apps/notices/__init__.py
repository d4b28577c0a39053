"""Telling people what happened and what is due: in the product, by e-mail, in their calendar.

Knows no app by name: each app registers the kinds of notice it gives (`kinds.register`).
"""
