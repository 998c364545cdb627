"""Files of any kind that holds a table, as UTF-8 text with separators, every cell with its place."""
