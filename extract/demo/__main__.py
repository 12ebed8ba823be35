"""`python -m extract.demo`."""

from extract.run.program import run_program

if __name__ == "__main__":
    run_program("extract.demo.tour:main", "python -m extract.demo")
