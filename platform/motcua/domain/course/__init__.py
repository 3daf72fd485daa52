"""The way of a case, to be drawn: where it was and how long, where it stands, what comes next, and why its date."""
