"""The database: tables, queries and migrations. The only home of SQLAlchemy."""
