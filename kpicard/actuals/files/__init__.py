"""The files that hold actuals: text with separators, workbooks, Parquet, and tables in memory."""
