"""Copies of the raw tables where other engines read them: in PostgreSQL, or in a folder of Parquet. Knows no source."""
