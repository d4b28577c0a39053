"""Entering the product."""
