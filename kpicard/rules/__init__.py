"""The rules: read from YAML, checked, and typed."""
