"""What citizens see, from published snapshots only.

Imports monitoring's snapshots and below; nothing imports it.
"""
