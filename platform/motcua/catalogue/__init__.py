"""Reads and proves what catalog editors write: files -> values with places -> domain nouns and diagnostics."""
