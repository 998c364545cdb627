"""Excel workbooks (.xlsx and .xls) as texts: every cell as a person sees it, none of it computed anew.

openpyxl and xlrd, which are optional, are imported when a workbook is read, not before.
"""

from kpicard.workbooks.read import read_workbook
from kpicard.workbooks.sheets import CellFault, FaultCode, Merge, Sheet, Workbook, WorkbookFault

__all__ = ["CellFault", "FaultCode", "Merge", "Sheet", "Workbook", "WorkbookFault", "read_workbook"]
