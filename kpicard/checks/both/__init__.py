"""Checks of any file of rules."""
