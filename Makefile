# All targets run in a virtual environment that is made on first use from requirements.lock.
# Needed beforehand: Python 3.11 or newer, and make.

VENV ?= .venv
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := $(VENV)/bin
READY := $(VENV)/.ready
OUT := data/out

.PHONY: help demo test test-all lint bench lock

help:  ## Show the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile

demo: $(READY)  ## Build the graph of the sample articles: store, Turtle, page
	@rm -rf $(OUT)/store
	@mkdir -p $(OUT)
	$(BIN)/kg build data/articles --store $(OUT)/store
	@$(BIN)/kg export --store $(OUT)/store -o $(OUT)/demo.ttl
	@$(BIN)/kg view --store $(OUT)/store -o $(OUT)/demo.html
	$(BIN)/kg explain Iran suppliesArmsTo Russia --store $(OUT)/store
	@echo
	@echo "The graph as a page:    $(OUT)/demo.html (open it in a browser)"
	@echo "The graph as Turtle:    $(OUT)/demo.ttl"
	@echo "The store to question:  $(OUT)/store, e.g. $(BIN)/kg query contested --store $(OUT)/store"

test: $(READY)  ## Run the tests that need Python alone
	$(BIN)/python -m pytest -m "not system"
	@printf 'Left out, for they need a browser or a server (make test-all): '
	@$(BIN)/python -m pytest -m system --collect-only --quiet 2>/dev/null | tail -n 1

test-all: $(READY)  ## Run all tests and notebooks; see .ci/run for what they need
	$(BIN)/python -m pytest --nbmake tests kg $(wildcard README.md notebooks/*.ipynb)

lint: $(READY)  ## Check format, style and types
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

bench: $(READY)  ## Measure
	@set -e; for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script; done

lock: $(READY)  ## Pin the newest versions that setup.cfg allows
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --extra test \
		--annotation-style line --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--output-file $(VENV)/requirements.lock setup.cfg
	@echo '# Every version with its hashes, for make and CI; made by `make lock` from setup.cfg (extra: test).' > requirements.lock
	@cat $(VENV)/requirements.lock >> requirements.lock

# Without --no-deps, pip 23 asks the index for extras that the lock has without them, and stops at their next release.
$(READY): requirements.lock setup.cfg pyproject.toml
	@test -n "$(PYTHON)" || { echo "kg needs Python 3.11 or newer: install it, or name it (make PYTHON=…)" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) from requirements.lock (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m pip check --disable-pip-version-check
	@touch $@
