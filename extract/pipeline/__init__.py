"""From the servers to the tables that people read: the extractor, then dbt, then what there is now."""
