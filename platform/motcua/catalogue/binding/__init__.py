"""From parsed catalog files to domain nouns, collecting every mistake on the way. Called by `check` and by `editions`."""
