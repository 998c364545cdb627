"""Results as values, and what is computed from cards."""
