"""The engine: DuckDB, and the one SQL text that scores."""
