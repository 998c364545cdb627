"""What `kpicard validate` checks beyond single fields, by what it looks at."""
