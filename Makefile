# Every recipe sets up what it needs; on a fresh machine `make demo` and `make test` are enough.
.DEFAULT_GOAL := help
PYTHON ?= python3.11
VENV ?= .venv
BIN := $(VENV)/bin
STUDIES := studies/anes-1996 studies/platforms-2025 studies/demo-words
JOBS ?= 2

.PHONY: help setup system demo test check slow bench docs acceptance clean

help:  ## show the recipes
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

$(VENV)/.ready: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || python3 -m venv $(VENV)
	@if command -v uv >/dev/null 2>&1 && [ -z "$$POSAD_NO_UV" ]; then uv pip install -q --python $(BIN)/python -e '.[all,test,docs]'; \
	else $(BIN)/python -m pip install -q --disable-pip-version-check -e '.[all,test,docs]'; fi
	@touch $@

setup: $(VENV)/.ready  ## make the virtual environment with everything in it

system: setup  ## Debian packages for the browser tests and the R oracle, where apt is at hand
	@tools/system.sh

demo: setup  ## fetch the real answers, simulate those nobody published, build both studies
	@$(BIN)/python tools/fetch_anes.py --install
	@$(BIN)/python tools/list_towns.py
	@$(BIN)/posad simulate studies/platforms-2025
	@$(BIN)/python tools/make_words.py
	@for study in $(STUDIES); do $(BIN)/posad build $$study || exit 1; done

test: setup system demo  ## all tests that need no hours
	@$(BIN)/pytest -n $(JOBS) -m "not slow and not fresh" --junitxml=.pytest_cache/test.xml tests src

check: setup  ## lint, types, walls, house rules
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

slow: setup  ## simulations that take long
	@$(BIN)/pytest -m slow tests

bench: setup  ## benchmarks beside peers
	@$(BIN)/python benchmarks/run.py
	@$(BIN)/python benchmarks/analyses.py
	@$(BIN)/python benchmarks/fieldwork.py

docs: setup  ## the documentation site, warnings are errors
	@$(BIN)/python tools/docs_pages.py
	@$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build/html && echo "docs/_build/html/index.html"

acceptance: setup system demo  ## acceptance line -> test -> result
	@$(BIN)/python tools/acceptance.py

clean:  ## what posad built; never answers
	@rm -rf studies/*/build docs/_build
