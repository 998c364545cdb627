"""Actuals: from CSV files to typed figures, with every cell that cannot be read as a problem at its place."""
