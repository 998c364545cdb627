"""Files to fill in: who is appraised and by which KPIs, as CSV or as a workbook that says what belongs in each cell."""
