"""`python -m extract`."""

from extract.run.program import run_program

if __name__ == "__main__":
    run_program("extract.cli:main", "python -m extract")
