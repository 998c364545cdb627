"""What is found in comments that switch checks off, by `kpicard.checks.switched_off`: documentation only."""
