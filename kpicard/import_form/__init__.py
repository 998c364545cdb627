"""From an appraisal form in Excel to a role's file."""
