"""From the tidy table to checks and cards: one SQL file a table, and what runs them in the order of what they read."""
