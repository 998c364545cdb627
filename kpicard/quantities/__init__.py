"""Quantities as people write them in cells: read exactly, against a KPI's unit."""

from __future__ import annotations

from kpicard.quantities.quantity import Quantity, Reason, read_quantity
from kpicard.quantities.units import Unit, unit_of

__all__ = ["Quantity", "Reason", "Unit", "read_quantity", "unit_of"]
