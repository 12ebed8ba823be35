"""`python -m extract.pipeline`."""

from extract.program import run_program

if __name__ == "__main__":
    run_program("extract.pipeline.commands:main", "python -m extract.pipeline")
