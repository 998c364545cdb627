"""The command line: words to plain arguments, a call of the library, a report, and an exit status."""
