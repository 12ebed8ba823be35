"""What is done: steps, their order, progress and report; `python -m extract.run` is the extractor and dbt."""
