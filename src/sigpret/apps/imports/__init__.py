"""A plan report comes in: upload, preview, apply.

Sits on top with portal; may import everything below.
"""
