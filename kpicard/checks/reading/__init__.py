"""What is found while a file is read and its fields are typed: documentation only."""
