"""Checks of a role's file."""
