"""Scorecards as one HTML file: what its pages show, how it is drawn, and its templates."""
