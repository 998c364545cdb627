"""What runs the SQL that scores: DuckDB embedded, and a script for a database of one's own."""
