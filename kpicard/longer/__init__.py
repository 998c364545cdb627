"""Longer periods: quarters and years, from the months' totals or from their actuals brought together."""
