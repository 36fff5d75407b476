# The commands of the learning portal. `make help` explains them.
.DEFAULT_GOAL := help
.PHONY: help setup run dev worker beat test test-services e2e format lint types layers check migrations messages bench clean

PYTHON_BIN := .venv/bin
MANAGE := $(PYTHON_BIN)/python manage.py
PORT ?= 8000

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z0-9-]+:.*## / {printf "  \033[1m%-14s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Create the environment, install packages and system libraries, write .env
	@scripts/setup.sh dev

run: ## Set everything up and serve the portal with demo content on http://127.0.0.1:8000 (PORT=… for another port)
	@PORT=$(PORT) scripts/run.sh

dev: ## Serve with DEBUG, reloading when files change; the style guide is at /styleguide/
	@scripts/setup.sh dev
	@$(MANAGE) migrate --no-input --verbosity 0
	@DEBUG=True $(MANAGE) runserver 127.0.0.1:$(PORT)

worker: ## Run a Celery worker (needs REDIS_URL)
	$(PYTHON_BIN)/celery --app portal worker --loglevel INFO --concurrency 2

beat: ## Run the scheduler of periodic work (needs REDIS_URL)
	$(PYTHON_BIN)/celery --app portal beat --loglevel INFO --schedule data/celerybeat-schedule

test: ## Set everything up and run the whole suite, browser journeys included, on SQLite
	@scripts/test.sh

test-services: ## The same suite on PostgreSQL and Redis
	@scripts/test.sh services

e2e: ## Only the browser journeys
	@scripts/setup.sh dev browser
	@$(PYTHON_BIN)/python -m pytest -q -m e2e tests/e2e

format: ## Format Python and templates
	$(PYTHON_BIN)/ruff check --fix --quiet .
	$(PYTHON_BIN)/ruff format --quiet .

lint: ## Check style
	$(PYTHON_BIN)/ruff check .
	$(PYTHON_BIN)/ruff format --check .

types: ## Check types
	$(PYTHON_BIN)/mypy

layers: ## Check who imports whom
	$(PYTHON_BIN)/lint-imports

check: ## Everything but the tests: style, types, layers, migrations, deployment checks
	@scripts/setup.sh dev
	@scripts/check.sh

migrations: ## Make migrations (name them: NAME=what_changes)
	$(MANAGE) makemigrations --name $(NAME)

messages: ## Collect texts for translation
	$(MANAGE) makemessages --all --ignore .venv --ignore staticfiles

bench: ## Measure the portal on PostgreSQL with a large school (takes a while)
	@scripts/setup.sh dev services
	@$(PYTHON_BIN)/python -m benchmarks.run

clean: ## Remove what runs have written, the demo database included
	rm -rf data staticfiles .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
