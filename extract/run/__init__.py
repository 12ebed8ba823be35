"""What is done: steps, their order and report; `python -m extract.run` is the extractor and dbt."""
