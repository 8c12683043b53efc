# Hongtou: setup, run, test, bench. Every target sets up what it needs first.
# PYTHON=… chooses the interpreter (3.11 or newer) that the virtual environment is made from.

ifndef PYTHON
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
endif
BIN := .venv/bin
# A bundle brings its wheels along, so that it is installed without a network.
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input \
	$(if $(wildcard wheels),--no-index --find-links wheels)
# A file's tests share what is slow to make (an office that runs, a PDF), so they stay on one worker.
# What was compiled once is kept for the next run, and for the processes that tests start.
PYTEST := PYTHONDONTWRITEBYTECODE= TMPDIR=$$(sh scripts/memory.sh) \
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder
# Tracing takes a quarter of the time, which the everyday run does not have.
COVERAGE := --cov --cov-report=term --cov-fail-under=90
TRANSLATIONS := $(patsubst %.po,%.mo,$(wildcard web/translations/*/LC_MESSAGES/*.po))
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help setup run test test-long bench paper bundle fmt clean

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile

setup: .venv/.requirements-dev office browser  ## make .venv, install what is missing

run: .venv/.requirements office  ## start the office: the last line printed is its address
	@$(BIN)/python scripts/run.py

test: setup checks  ## style, types and tests, the browser's and PostgreSQL's too
	@$(PYTEST) -m "not long"

test-long: setup checks  ## test, and the full figures
	@$(PYTEST) $(COVERAGE) --timeout 3600

bench: setup .cache/bench-venv/.requirements  ## run the benchmarks (ONLY=name: one of them)
	@$(BIN)/python -m benchmarks $(ONLY)

paper: .venv/.requirements office  ## render a document of each form into paper/, to be looked at
	@PYTHONPATH=. $(BIN)/python scripts/paper.py

bundle: .venv/.requirements office  ## build dist/…tar.gz, which installs and starts without a network
	@sh scripts/bundle.sh

fmt: .venv/.requirements-dev  ## put the code into its style
	@$(BIN)/ruff check --fix --quiet
	@$(BIN)/ruff format

clean:  ## remove what set-up and tests made; var/ stays
	rm -rf .venv .cache .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache screenshots paper $(TRANSLATIONS)

.PHONY: checks office browser
checks: .venv/.requirements-dev
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy --no-error-summary

office: $(TRANSLATIONS)
	@sh scripts/system.sh office
	@test -e .cache/.fonts || { sh scripts/fonts.sh && mkdir -p .cache && touch .cache/.fonts; }

browser:
	@sh scripts/system.sh browser

.venv/.made:
	@test -n "$(PYTHON)" || { echo "Hongtou needs Python 3.11 or newer (PYTHON=/path/to/python)."; exit 1; }
	@sh scripts/system.sh venv
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.requirements: requirements.txt constraints.txt .venv/.made
	@echo "Installing $< ..."
	@$(PIP) -r $< -c constraints.txt
	@touch $@

.venv/.requirements-dev: requirements-dev.txt .venv/.requirements
	@echo "Installing $< ..."
	@$(PIP) -r $< -c constraints.txt
	@touch $@

# What the engine is measured beside stays apart from what it is made of.
.cache/bench-venv/.requirements: benchmarks/requirements.txt .venv/.made
	@echo "Installing $< ..."
	@$(PYTHON) -m venv .cache/bench-venv
	@.cache/bench-venv/bin/python -m pip install -qq --disable-pip-version-check --no-input -r $<
	@touch $@

%.mo: %.po | .venv/.requirements
	@$(BIN)/pybabel --quiet compile -i $< -o $@
