"""The world outside: clock, mail, SMS, files. Each is a Protocol with an embedded default; office.py chooses."""
