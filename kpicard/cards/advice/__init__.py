"""What would reach the next grade."""
