"""A script of SQL that scores in a database of one's own."""
