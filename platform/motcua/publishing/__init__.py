"""Changed catalog files become live editions."""
