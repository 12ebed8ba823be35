"""`python -m extract.run`."""

from extract.run.program import run_program

if __name__ == "__main__":
    run_program("extract.run.pipeline:main", "python -m extract.run")
