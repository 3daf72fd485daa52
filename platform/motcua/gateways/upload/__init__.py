"""What a citizen uploads, judged before it is kept: by its content, its name and a real reading of it."""
