"""What is found about a folder and between its files: documentation only."""
