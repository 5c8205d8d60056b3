# Every verb is listed by `make help`. Needs Python 3.11 and make, nothing else.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

export HOST PORT

.DEFAULT_GOAL := help
.PHONY: help run test check manage clean

help: ## List the verbs
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.run ## Serve admin and GraphQL with demo content (HOST, PORT)
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/granian --interface wsgi --host $(HOST) --port $(PORT) cms.wsgi:application

test: $(VENV)/.test ## Run the test suite
	@$(BIN)/pytest -q

check: $(VENV)/.test ## Lint, layers, types, migrations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/python manage.py makemigrations --check --dry-run

manage: $(VENV)/.run ## Run a management command: make manage ARGS="…"
	@$(BIN)/python manage.py $(ARGS)

clean: ## Remove the environment, the database and all build products
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache

$(VENV)/.run: requirements/run.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is required, and none was found."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is required; this is %s." % sys.version.split()[0])'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
