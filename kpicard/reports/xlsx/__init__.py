"""Scorecards as a workbook. XlsxWriter, which is optional, is imported with these modules."""
