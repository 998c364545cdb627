"""Files to fill in: what `template` and `init` write."""
