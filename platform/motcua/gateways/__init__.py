"""The world outside: clock, mail, sms, files; each a Protocol with an embedded default."""
