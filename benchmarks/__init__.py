"""Measuring delivery. Nothing here is part of the product, and nothing imports it."""
