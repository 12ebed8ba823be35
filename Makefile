PYTHON ?= python3
BIN := .venv/bin
# Installs the part of the lock that $(1) needs. Counts what pip has fetched, on a terminal; pip's own words are shown only
# if it fails.
INSTALL = log=.venv/pip.log; lock=.venv/part.lock; $(BIN)/python .ci/locked.py $(1) > $$lock || exit 1; \
	total=$$(grep -c '^[A-Za-z0-9]' $$lock); \
	echo "Installing $$total packages into .venv ..."; \
	$(BIN)/python -m pip install --progress-bar off --disable-pip-version-check --require-hashes \
		--requirement $$lock > $$log 2>&1 & pid=$$!; \
	while kill -0 $$pid 2>/dev/null; do \
		if [ -t 1 ]; then \
			if grep -q '^Installing collected' $$log; then printf '\r  fetched; putting them in place ...   '; \
			else printf '\r  %s of %s packages fetched' "$$(grep -c '^Collecting' $$log)" "$$total"; fi; \
		fi; sleep 1; \
	done; \
	if [ -t 1 ]; then printf '\r%40s\r' ''; fi; \
	wait $$pid || { tail -n 20 $$log; echo "The packages could not be installed; all that pip said is in $$log"; exit 1; }
# The engines that were added to the environment: a new lock makes it anew, and brings them again.
ENGINES := $(patsubst .venv/installed-%,%,$(wildcard .venv/installed-*))
WITH_TESTS = $(1) $(filter-out test-duckdb,test-$(1))
# An option with what was said to make of it, and not what the environment has of that name: every shell has a USER.
GIVEN = $(if $(filter command,$(origin $(1))),$(2)="$$$(1)")
NEED_FILE = test -n "$$FILE" || { echo "Name the file: make $@ FILE=path"; exit 2; }

.DEFAULT_GOAL := help
.PHONY: help install install-duckdb install-postgres install-spark run build pictures dashboard explain laboratory docs dev \
	doctor backup restore import import-jellystat import-tautulli ship lint test test-spark demo build-duckdb build-postgres \
	build-spark bench clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 24

install: .venv/installed ## set up Python packages in .venv

install-duckdb: .venv/installed-duckdb ## add what the models need on DuckDB

install-postgres: .venv/installed-postgres ## add what PostgreSQL needs: driver, adapter, and a server for the tests

install-spark: .venv/installed-spark ## add what Spark needs, 500 MB: Spark, adapter, and a Java for the tests

.venv/installed: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "$(PYTHON) is too old: Python 3.11 or newer is needed. Name one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv --clear .venv \
		|| { echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(call INSTALL,dev $(foreach engine,$(ENGINES),$(call WITH_TESTS,$(engine))))
	@$(BIN)/python -m pip check
	@touch $@ $(ENGINES:%=.venv/installed-%)

.venv/installed-%: .venv/installed
	@$(call INSTALL,dev $(call WITH_TESTS,$*))
	@$(BIN)/python -m pip check
	@touch $@

run: install ## load everything from the servers, build the tables, say what there is
	@$(BIN)/python -m extract.run

build: install ## build the tables from what is loaded already
	@$(BIN)/python -m extract.run build

pictures: install ## draw what was watched: a page for all, for each person and each year
	@$(BIN)/python -m extract.pictures

dashboard: install ## serve the same charts with filters, on this machine alone
	@$(BIN)/python -m extract.pictures serve

explain: install ## say how a number came about: make explain SESSION=..., or USER=... TITLE=...
	@$(BIN)/python -m extract.explain $(call GIVEN,SESSION,--session) $(call GIVEN,USER,--user) $(call GIVEN,TITLE,--title)

laboratory: install ## show what other thresholds would call watched: dbt_project/seeds/threshold_scenarios.csv
	@$(BIN)/python -m extract.run laboratory

docs: install ## write dbt's documentation, one HTML file
	@$(BIN)/python -m extract.run docs

dev: install ## copy the database to where dbt's target dev builds, for experiments
	@$(BIN)/python -m extract.run dev

doctor: install ## look at settings, servers, database and dbt, and say what to do
	@$(BIN)/python -m extract doctor

backup: install ## copy the database, and keep the last few copies
	@$(BIN)/python -m extract backup

restore: install ## put a copy in the place of the database: make restore FILE=...
	@$(NEED_FILE)
	@$(BIN)/python -m extract restore "$$FILE"

import: install ## load a backup of the Playback Reporting plugin: make import FILE=...
	@$(NEED_FILE)
	@$(BIN)/python -m extract import-backup "$$FILE"

import-jellystat: install ## load a backup of Jellystat: make import-jellystat FILE=...
	@$(NEED_FILE)
	@$(BIN)/python -m extract import-jellystat "$$FILE"

import-tautulli: install ## load a database of Tautulli: make import-tautulli FILE=...
	@$(NEED_FILE)
	@$(BIN)/python -m extract import-tautulli "$$FILE"

ship: install ## copy the raw tables for another engine: make ship TARGET=postgresql://... or a folder
	@test -n "$$TARGET" || { echo "Name the target: make $@ TARGET=postgresql://ann@localhost:5432/emby, or a folder"; exit 2; }
	@$(BIN)/python -m extract ship "$$TARGET"

lint: install ## check style and types of Python and SQL
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@! grep -rnE --include='*.sql' '^.{89,}' dbt_project/macros || { echo "Macros have longer lines than 88 characters."; exit 1; }
	@echo "$(BIN)/sqlfluff lint"
	@scratch=$$(mktemp -d) && trap 'rm -r "$$scratch"' EXIT \
		&& WAREHOUSE_PATH=$$scratch/lint.db EMBY_ELT_LABORATORY=on $(BIN)/sqlfluff lint dbt_project/models dbt_project/data_tests dbt_project/analyses

test: install ## run every test, on every core
	$(BIN)/python -m pytest --numprocesses auto --dist loadscope --no-loadscope-reorder

test-spark: install-spark ## run the tests that need Spark, which take minutes
	$(BIN)/python -m pytest -m spark --numprocesses 2

demo: install ## show the product on a simulated household
	@$(BIN)/python -m extract.demo

build-duckdb: install-duckdb demo ## build the simulated household on DuckDB, with every test
	@$(BIN)/python -m tests.engines duckdb data/demo.db

build-postgres: install-postgres demo ## the same on PostgreSQL, by a server that ends with it
	@$(BIN)/python -m tests.engines postgres data/demo.db

build-spark: install-spark demo ## the same on Spark, with a Java from a package
	@$(BIN)/python -m tests.engines spark data/demo.db

images: demo ## draw the README's images anew, with Chromium
	@for image in household:760 year:1400; do \
		page=$$(ls data/demo-pictures/$${image%:*}*.html | tail -n 1); \
		chromium --headless --no-sandbox --hide-scrollbars --virtual-time-budget=15000 \
			--window-size=1000,$${image#*:} --screenshot="docs/images/$${image%:*}.png" "file://$(CURDIR)/$$page" \
			2> /dev/null; \
	done

bench: install $(if $(ENGINE),install-$(ENGINE)) ## measure long histories; ENGINE=duckdb: SQLite beside that engine
	@$(BIN)/python -m tests.bench$(if $(ENGINE),.engine $(ENGINE))

clean: ## remove what the targets made, but no data and no .env
	rm -rf .venv dbt_project/target dbt_project/logs logs .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
