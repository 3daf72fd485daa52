"""The database: tables, queries and migrations, a file a noun. `Store` is the door, `Books` what it opens on."""

from motcua.store.books import Books
from motcua.store.store import Store, open_store

__all__ = ["Books", "Store", "open_store"]
