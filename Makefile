PYTHON ?= python3
BIN := .venv/bin
DBT_FOLDERS := --project-dir dbt_project --profiles-dir profiles
# dbt knows no .env; this gives it what the extractor reads there.
WITH_ENV := $(if $(wildcard .env),$(BIN)/dotenv run --no-override --,)
NEED_DATABASE = $(WITH_ENV) sh -c 'file=$${WAREHOUSE_PATH:-data/emby_elt.db}; \
	test -s "$$file" || { echo "There is no database at $$file: run \"make run\" or \"make demo\" first."; exit 1; }'

.DEFAULT_GOAL := help
.PHONY: help install run build docs lint test demo bench clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

install: .venv/installed ## set up Python packages in .venv

.venv/installed: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "$(PYTHON) is too old: Python 3.11 or newer is needed. Name one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv --clear .venv \
		|| { echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Installing packages into .venv ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip check
	@touch $@

# What one step of the extractor could not load is no reason to leave the rest unbuilt.
run: install ## run the extractor, then dbt build, with .env
	@status=0; $(BIN)/python -m extract || status=$$?; \
		[ $$status -le 1 ] || exit $$status; \
		$(WITH_ENV) $(BIN)/dbt build $(DBT_FOLDERS) && exit $$status

build: install ## run dbt build alone
	@$(NEED_DATABASE)
	$(WITH_ENV) $(BIN)/dbt build $(DBT_FOLDERS)

docs: install ## write dbt's documentation, one HTML file
	@$(NEED_DATABASE)
	$(WITH_ENV) $(BIN)/dbt --quiet docs generate --static $(DBT_FOLDERS)
	@echo "Open dbt_project/target/static_index.html in a browser."

lint: install ## check style and types of Python and SQL
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@echo "$(BIN)/sqlfluff lint"
	@scratch=$$(mktemp -d) && trap 'rm -r "$$scratch"' EXIT \
		&& WAREHOUSE_PATH=$$scratch/lint.db $(BIN)/sqlfluff lint dbt_project/models dbt_project/data_tests

test: install ## run every test
	$(BIN)/python -m pytest

demo: install ## show the product on a simulated household
	@$(BIN)/python -m extract.demo

bench: install ## measure long histories, beside the least that they could take
	@$(BIN)/python -m tests.bench

clean: ## remove what the targets made, but no data and no .env
	rm -rf .venv dbt_project/target dbt_project/logs logs .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
