"""The whole department: ranking, spread, grades, quotas, and totals over several roles."""
