"""`python -m extract.pictures`."""

from extract.run.program import run_program

if __name__ == "__main__":
    run_program("extract.pictures.commands:main", "python -m extract.pictures")
