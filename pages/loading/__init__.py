"""The site from plain data: settings, voices and pages made or brought up to date.

Invariant: loading the same data twice changes nothing the second time, no revision included.
"""
