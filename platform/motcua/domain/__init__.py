"""The nouns and their rules: no I/O, no clock (time is an argument), no framework."""
