"""The whole calculation of a card, step by step."""
