"""What would reach the next grade, computed for each card."""
