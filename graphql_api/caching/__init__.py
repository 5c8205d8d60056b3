"""Answers kept between requests, and how they are forgotten in time."""
