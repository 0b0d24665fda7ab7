# Everything a person types. `make` alone lists it.
PYTHON ?= python3
PORT ?= 8501
OUT ?= screenshots
BIN := .venv/bin
CODE := app.py esdash pages data tests benchmarks

.DEFAULT_GOAL := help
.PHONY: help run test check format benchmark screenshots clean

help:  ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.installed  ## Install what is needed, then start the dashboard on 127.0.0.1 (PORT=8501)
	$(BIN)/streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT)

test: .venv/.installed-dev  ## Run all tests, browser included (ARGS="-k gaps" for some of them)
	$(BIN)/python -m tests.provide
	@# three on two cores: the one with the browser waits half of its time
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

check: .venv/.installed-dev  ## Lint, format, types, and the arrows between the rooms
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: .venv/.installed-dev  ## Put the code into the house format
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

benchmark: .venv/.installed-dev  ## Measure against the yardsticks in benchmarks/
	$(BIN)/python -m benchmarks

screenshots: .venv/.installed-dev  ## Take pictures of all pages, and those of the README (OUT=screenshots)
	$(BIN)/python -m tests.provide chromium
	$(BIN)/python -m tests.browser.pictures $(OUT)

clean:  ## Remove .venv, caches and screenshots; the inventory in data/ stays
	rm -rf .venv screenshots .pytest_cache .ruff_cache .mypy_cache .hypothesis .grimp_cache .import_linter_cache
	find esdash pages data tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'esdash needs Python 3.11 or newer. Install it, then: make PYTHON=python3.11 …'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo 'Python cannot make a virtual environment here. On Debian and Ubuntu: sudo apt install python3-venv'; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.installed: requirements.txt | .venv/bin/pip
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	$(BIN)/python -m pip install --quiet --requirement requirements-dev.txt
	@touch $@
