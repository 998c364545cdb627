"""Formats: each draws the blocks of a report, or writes its values, in its own way."""
