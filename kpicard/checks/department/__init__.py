"""Checks of the department's file."""
