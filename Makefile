# Two commands: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
# The lock is complete, so nothing is resolved: pip before 23.3 looks up a requirement with an extra
# apart from its pin and takes the newest release. `pip check` afterwards proves that none is missing.
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --no-deps $(PIP_OPTIONS)
ARGS ?=
JOBS ?= 2
NPM := VENV=../$(VENV) ./npm
PAGE := api/page/index.html
PAGE_SOURCES := $(shell find web -path web/node_modules -prune -o -type f -print)

.PHONY: office run test cover check page bundle bench mutations mended crash look docs contract client lock clean help

run: $(VENV)/.run ## install, load seed_data, show the summary, serve (ARGS=--check: without serving)
	@# Where no npm registry answers the service runs without its page, which then says so.
	@$(MAKE) -s page || echo "网页未能构建，服务照常运行。/ The page could not be built; the service runs without it." >&2
	@$(BIN)/cobuild run --seed $(ARGS)

page: $(PAGE) ## build the page that the service shows, from web/ into api/page/

test: $(VENV)/.dev page ## all tests, on the embedded engine and on Neo4j where Java and Maven are found
	@# Where a worker ends, the others finish and the run fails: with a new one in its place it never ended.
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadscope --max-worker-restart 0 $(ARGS)

cover: $(VENV)/.dev ## the tests with a coverage report
	@$(BIN)/python -m pytest --cov=graph --cov=api --cov=cli --cov-report=term:skip-covered $(ARGS)

check: $(VENV)/.dev ## formatting, lint and types
	$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy

bundle: $(VENV)/.run page ## one archive for machines without internet, into dist/ (docs/operations.md)
	@$(BIN)/python -m bundle.build $(ARGS)

bench: $(VENV)/.dev ## speed and memory against the bare driver, as ratios (takes minutes; ARGS=callers: 32 callers at once)
	@$(BIN)/python -m bench $(ARGS)

mutations: $(VENV)/.dev ## break each rule in every place and see that a test notices (takes long)
	@$(BIN)/python -m tests.mutation $(ARGS)

mended: $(VENV)/.dev ## kept findings after drawn changes, on both engines, files and broken ones over columns (takes long)
	@for engine in embedded neo4j; do COBUILD_MENDED=$$engine:30 $(BIN)/python -m pytest -n0 -q \
		tests/reading/findings/test_mend.py -k mended_is || exit 1; done
	@COBUILD_DRAWN=60 COBUILD_MUTANTS=1000000 $(BIN)/python -m pytest -n0 -q tests/executor/test_drawn.py

crash: $(VENV)/.dev ## kill the service a hundred times at random moments and see that nothing is lost
	@$(BIN)/python -m tests.crash $(ARGS)

look: $(VENV)/.dev ## reports opened in LibreOffice and turned to pictures (ARGS=folder)
	@$(BIN)/python -m tests.reports.look $(ARGS)

office: $(VENV)/.dev ## our workbooks saved by LibreOffice as .xlsx, .ods and .xls and read again, reports printed
	@OFFICE=required $(BIN)/python -m pytest -q -n0 tests/office -k "not neo4j"

docs: $(VENV)/.dev ## write docs/data-dictionary.md anew from the model
	@$(BIN)/python -m graph.model.dictionary docs/data-dictionary.md

contract: $(VENV)/.dev ## write the OpenAPI document that the tests keep anew
	@$(BIN)/python -m api tests/api/openapi.json

client: $(VENV)/.dev web/node_modules/.ready ## write the types of the Python client and of the page anew from the contract
	@$(BIN)/datamodel-codegen --input tests/api/openapi.json --input-file-type openapi \
	  --output-model-type typing.TypedDict --target-python-version 3.11 --strict-nullable \
	  --enum-field-as-literal all --use-schema-description --formatters builtin \
	  --disable-timestamp --output client/cobuild_client/shapes.py
	@cd web && $(NPM) run -s types >/dev/null

lock: ## pin every dependency anew
	@# A new dependency is not in the old lock: an environment that has uv is good enough.
	@test -x $(BIN)/uv || $(MAKE) $(VENV)/.dev
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-header --no-emit-index-url pyproject.toml --group build -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-header --no-emit-index-url pyproject.toml --group build --group dev \
	  -c requirements.txt -o requirements-dev.txt

clean: ## remove the environment (data folders stay)
	rm -rf $(VENV)

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

$(VENV)/bin/python:
	@if [ -z "$(PYTHON)" ]; then \
	  echo "需要 Python 3.11 或更新版本，未找到。/ Python 3.11 or newer is needed and was not found; install it or call make with PYTHON=/path/to/python3." >&2; \
	  exit 3; fi
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(INSTALL) --require-hashes -r requirements.txt
	@$(INSTALL) -q --no-build-isolation -e .
	@$(BIN)/python -m pip check
	@# Java's classes as they are once read: each start of the engine is a third cheaper. It starts without, too.
	@$(BIN)/python -m graph.store.engine.classes || true
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(INSTALL) --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip check
	@touch $@

web/node_modules/.ready: web/package-lock.json web/.npmrc | $(VENV)/bin/python
	@cd web && $(NPM) ci --ignore-scripts
	@touch $@

$(PAGE): web/node_modules/.ready $(PAGE_SOURCES)
	@cd web && $(NPM) run -s build
