"""The database: its raw tables, their migrations, copies and the lock. Imports no source."""
