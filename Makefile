# Each verb sets up what it needs in .venv first; only Python 3.11+ and make are assumed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
JOBS ?= 2
# Inputs, and where they begin; both are printed.
FUZZ ?= 100000
SEED ?= $(shell date +%s)
export PYTHONDONTWRITEBYTECODE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo serve test lint docs bench fuzz lock clean help

help:
	@echo "make demo    set up and code the sample dispatch"
	@echo "make serve   set up and open the reading room on a ledger of the sample dispatches"
	@echo "make test    set up and run the tests"
	@echo "make lint    ruff, mypy --strict, import-linter"
	@echo "make docs    write the generated parts of docs/ anew"
	@echo "make bench   score on ../shared/bench where it exists and renew BENCHMARKS.md"
	@echo "make fuzz    the long run of the readers' fuzz tests"
	@echo "make lock    resolve the dependencies anew"

$(READY): requirements/lock.txt pyproject.toml hatch_build.py $(wildcard tools/*.py) $(wildcard src/reportedly/knowledge/world/*.tsv)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/lock.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(READY)

demo: $(READY)
	$(BIN)/reportedly code samples/dispatch.txt

# Every run starts from the samples as they are.
serve: $(READY)
	@mkdir -p build && rm -f build/samples.duckdb
	$(BIN)/reportedly add samples --ledger build/samples.duckdb
	$(BIN)/reportedly serve --ledger build/samples.duckdb

test: $(READY)
	$(BIN)/python -m pytest -rs --numprocesses $(JOBS) --dist loadgroup

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(READY)
	$(BIN)/python docs/generate.py

bench: $(READY)
	$(BIN)/python benchmarks/run.py

fuzz: $(READY)
	$(BIN)/python tests/help/fuzzing.py --inputs $(FUZZ) --seed $(SEED)
	@if $(BIN)/python -c "import atheris" 2>/dev/null; then $(BIN)/python tests/help/fuzzing.py --coverage --inputs $(FUZZ) --seed $(SEED); \
	  else echo "atheris is not installed: no inputs by coverage"; fi

lock: $(READY)
	$(BIN)/uv pip compile pyproject.toml --all-extras --group dev --generate-hashes --universal --python-version 3.11 \
	  --no-header --no-annotate --quiet --upgrade --output-file requirements/lock.txt

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis src/reportedly/knowledge/world/gazetteer.sqlite src/reportedly/knowledge/world/outlines.bin
