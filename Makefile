# make run    set up, index corpus/, serve the page on http://127.0.0.1:8000 (PORT=… for another port)
# make test   set up, then everything that must be green: lint, format, types, import contract, tests
# Without make (Windows): see README.md, "Windows".

SHELL  := /bin/sh
VENV   ?= .venv
PORT   ?= 8000
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --require-hashes --no-build-isolation
PYTEST_ARGS ?=
WORKERS ?= auto

.PHONY: run index test lint types imports pytest setup topics exemplary meanings relevance bench wheel bundle try-windows lock clean help
.DEFAULT_GOAL := help

help:
	@sed -n '1,3p' Makefile
	@echo "also: setup index lint types imports pytest relevance bench wheel bundle try-windows lock clean"

# ---- set-up ---------------------------------------------------------------------------------------------------------
# Two stamps: `make run` needs no development packages. A stamp is older than its pins = install again.

setup: $(VENV)/.ready

$(VENV)/.python:
	@python=; for name in $${PYTHON:-python3.13 python3.12 python3.11 python3.14 python3 python}; do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "没有找到 Python 3.11 或更新的版本。请先安装，例如：sudo apt install python3 python3-venv"; \
	  echo "No Python 3.11 or newer found. Install one, or name it: make run PYTHON=/path/to/python3"; exit 1; \
	fi; \
	if ! [ -x $(BIN)/python ] && ! "$$python" -m venv $(VENV); then \
	  rm -rf $(VENV); \
	  echo "建不了虚拟环境 $(VENV)。Debian、Ubuntu、麒麟请先安装：sudo apt install python3-venv"; \
	  echo "Could not create $(VENV). On Debian and Ubuntu install python3-venv first."; exit 1; \
	fi
	@touch $@

$(VENV)/.build: $(VENV)/.python requirements/build.txt
	@echo "正在安装依赖，第一次约需一两分钟 / installing into $(VENV), a minute or two the first time"
	@$(INSTALL) -r requirements/build.txt
	@touch $@

$(VENV)/.ready: $(VENV)/.build requirements/run.txt pyproject.toml
	@$(INSTALL) -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements/dev.txt
	@$(INSTALL) -r requirements/dev.txt
	@touch $@

$(VENV)/.ready-bench: $(VENV)/.ready-dev requirements/bench.txt
	@$(INSTALL) -r requirements/bench.txt
	@touch $@

# ---- use ------------------------------------------------------------------------------------------------------------

# Exit code 1 says that some files could not be read: they are listed, everything else is searchable.
index: setup
	@$(BIN)/search-app index || [ $$? -eq 1 ]

run: index
	@$(BIN)/search-app serve --port $(PORT)

# ---- check ----------------------------------------------------------------------------------------------------------

test: lint types imports pytest

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.ready-dev
	$(BIN)/mypy

imports: $(VENV)/.ready-dev
	$(BIN)/lint-imports

pytest: $(VENV)/.ready-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(PYTEST_ARGS)

# After topics.toml, training/topics or training/passages have changed.
topics: $(VENV)/.ready-dev
	$(BIN)/python -m training.learn_topics

# After exemplary.toml or training/exemplary have changed.
exemplary: $(VENV)/.ready-dev
	$(BIN)/python -m training.fit_exemplary

# After training/passages, training/associations, the tables of wordings or the words of the analyser have changed.
meanings: $(VENV)/.ready-dev
	$(BIN)/python -m training.learn_meanings

# Judged queries: ours beside BM25 over jieba's words, per kind of query; MISSES=--misses lists every query.
relevance: $(VENV)/.ready-dev
	$(BIN)/python -m tests.relevance.scoring $(MISSES)

# The engine beside tantivy, SQLite's FTS5 and stock Whoosh: 10,000 and 100,000 passages, or SIZE=1000000.
bench: $(VENV)/.ready-bench
	for size in $(or $(SIZE),10000 100000); do $(BIN)/python -m benchmarks.engines --passages $$size || exit 1; done

# ---- ship -----------------------------------------------------------------------------------------------------------

wheel: $(VENV)/.ready-dev
	$(BIN)/python -m build --no-isolation .

# A zip for an office without internet: make bundle PLATFORM=win_amd64 PYTHON_VERSION=3.11, or manylinux2014_x86_64,
# manylinux2014_aarch64.
bundle: $(VENV)/.ready-dev
	$(BIN)/python -m scripts.build_bundle --platform $(or $(PLATFORM),win_amd64) --python $(or $(PYTHON_VERSION),3.11)

# The bundle for Windows under Debian's wine, where there is no Windows to try it on; no part of the build.
try-windows: $(VENV)/.ready-dev
	$(BIN)/python -m scripts.try_windows

# Pins for every platform and Python at once. Only jieba is built from source (it is published so); an unexpected
# source package is refused instead of being run. The order of the two options matters to pip.
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url
lock: export UV_CUSTOM_COMPILE_COMMAND = make lock
lock: $(VENV)/.ready-dev
	$(COMPILE) $(LOCK_ARGS) requirements/build.in -o requirements/build.txt
	$(COMPILE) $(LOCK_ARGS) pyproject.toml -c requirements/build.txt -o requirements/run.txt
	$(COMPILE) $(LOCK_ARGS) requirements/opensearch.in -c requirements/run.txt -o requirements/opensearch.txt
	$(COMPILE) $(LOCK_ARGS) pyproject.toml requirements/dev.in -c requirements/build.txt -c requirements/run.txt \
	  -c requirements/opensearch.txt -o requirements/dev.txt
	$(COMPILE) $(LOCK_ARGS) requirements/bench.in -c requirements/dev.txt -o requirements/bench.txt
	for file in build run opensearch dev bench; do \
	  sed -i '2a --only-binary :all:\n--no-binary jieba\n' requirements/$$file.txt; \
	done

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find search_app tests training benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
