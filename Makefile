# make demo | test | check | bench | clean. Needs make, Python 3.11 or newer and a package index that pip can reach; nothing else.

VENV := .venv
BIN := $(VENV)/bin

# The first interpreter that is new enough and can make a virtual environment; failing that one that is only new enough.
# Each is run, not only looked up: a version manager's shim may be on the path without anything behind it.
CANDIDATES := python3.13 python3.12 python3.11 python3
PYTHON ?= $(shell for modules in sys,ensurepip,venv sys; do for python in $(CANDIDATES); do \
  "$$python" -c "import $$modules; raise SystemExit(sys.version_info < (3, 11))" 2>/dev/null && { echo "$$python"; exit; }; \
  done; done)

.NOTPARALLEL:
.PHONY: demo test check bench clean

demo: $(VENV)/.run
	@$(BIN)/laurels demo

# One worker more than there are processors: some tests wait for processes of their own.
test: $(VENV)/.dev
	@$(BIN)/python -m pytest -n $$(($$($(BIN)/python -c 'import os; print(os.cpu_count())') + 1)) --dist worksteal $(PYTEST_ARGS)

check: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/.dev
	@$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) .demo dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name node_modules -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

# What it takes to run laurels, and what it takes to work on it. A changed pyproject.toml installs again: entry points and dependencies
# are read from there at install time only.
$(VENV)/.run: pyproject.toml
	@.ci/venv $(VENV) "$(PYTHON)" .
	@touch $@

$(VENV)/.dev: pyproject.toml
	@.ci/venv $(VENV) "$(PYTHON)" '.[dev]'
	@touch $@ $(VENV)/.run
