"""What people do with cases: one verb, one module, one transaction."""
