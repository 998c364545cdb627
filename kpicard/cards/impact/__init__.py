"""The impact of a change of rules: the same actuals scored before and after it, card by card."""
