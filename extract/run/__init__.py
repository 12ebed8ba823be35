"""What commands do: the steps of a run, their order and report. `python -m extract.run` runs the extractor and dbt."""
