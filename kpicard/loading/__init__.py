"""From files to rules: read, typed, checked, and put in their order in time."""

from kpicard.loading.load import Checked, Loaded, check_files, load

__all__ = ["Checked", "Loaded", "check_files", "load"]
