"""The command line in Chinese: help, and what is said of a wrong use. Imported only where it is wanted."""
