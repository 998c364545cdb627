"""Problems are values: what is wrong, where, and how to mend it."""

from kpicard.problems.problem import Problem, Severity, has_errors, in_order
from kpicard.problems.unreadable import unreadable

__all__ = ["Problem", "Severity", "has_errors", "in_order", "unreadable"]
