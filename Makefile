# make demo   set up, run the main job on an invented company, open its screens
# make test   set up, then every check and every test
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/installed
JOBS   ?= auto

.PHONY: demo serve test test-record check format bench campaign examples messages lock clean help

help:
	@echo "make demo | serve | test | check | format | bench | examples | messages | lock | clean"

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(STAMP)
	@mkdir -p demo
	$(BIN)/quittance report examples/lumiere -o demo/lumiere.html
	@$(BIN)/quittance worklist examples/lumiere
	@echo && echo "The whole report: demo/lumiere.html (open it in a browser)" && echo
	@$(BIN)/quittance demo

serve: $(STAMP)
	$(BIN)/quittance serve

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	QUITTANCE_CHECK=1 QUITTANCE_SECRET=check $(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/bandit -q -c pyproject.toml -r src
	$(BIN)/python .ci/audit
	$(BIN)/pytest -q tests/test_tidy.py

test: check
	$(BIN)/pytest -q -n $(JOBS)

# The tests of the record alone; with DATABASE_URL, on that server.
test-record: $(STAMP)
	$(BIN)/pytest -q -n $(JOBS) -m "not postgres" tests/storage tests/services tests/web tests/worker tests/config

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP)
	$(BIN)/python bench/run.py
	$(BIN)/python bench/record.py

# Kills the database server, imports, the worker, the web server, and the database under the screens
# fifty times each, then looks for an order of files that makes other books; takes minutes. A round that fails says how to play it again.
campaign: $(STAMP)
	$(BIN)/python -m tests.campaigns.kills --rounds 50 --kind wheel
	$(BIN)/python -m tests.campaigns.kills --rounds 50 --kind distribution
	$(BIN)/python -m tests.campaigns.import_kills --rounds 50
	$(BIN)/python -m tests.campaigns.worker_kills --rounds 50
	$(BIN)/python -m tests.campaigns.web_kills --rounds 50
	$(BIN)/python -m tests.campaigns.server_kills --rounds 50
	QUITTANCE_EXAMPLES=100 $(BIN)/pytest -q tests/services/test_properties_of_imports.py

examples: $(STAMP)
	$(BIN)/python examples/generate.py

messages: $(STAMP)
	$(BIN)/python tests/web/catalog.py

lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --group dev --python-version 3.11 \
	  --custom-compile-command "make lock" pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) demo bench/data .mypy_cache .ruff_cache .pytest_cache .hypothesis
