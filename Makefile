# `make demo` and `make test` do everything that they need first, on a bare machine with Python 3.11 or newer.
#
#   make setup   the environment in .venv, from requirements.lock
#   make demo    a living province on 127.0.0.1:5000          PORT= DATA= ROOT=
#   make test    all tests, on SQLite and PostgreSQL          SEED= (printed at the start) TESTS= (folders or files)
#   make check   lint, types, floors, and the catalog
#   make soak    the long tests in full numbers
#   make bench   measures
#   make lock    writes requirements.lock anew from pyproject.toml

PYTHON ?= python3
TESTS ?= tests

READY := .venv/ready
IN := .venv/bin/

.PHONY: setup demo test check soak bench coverage lock tools
.DEFAULT_GOAL := demo

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	.ci/system environment "$(PYTHON)"
	test -x .venv/bin/python || "$(PYTHON)" -m venv .venv
	$(IN)python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(IN)python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: setup
	$(IN)python app.py demo

test: setup tools
	$(IN)pytest $(TESTS) -m "not soak and not bench" --numprocesses auto

soak: setup tools
	$(IN)pytest $(TESTS) -m soak

bench: setup tools
	$(IN)pytest $(TESTS) -m bench

coverage: setup tools
	$(IN)pytest $(TESTS) -m "not soak and not bench" --cov --cov-report=term --cov-report=html

check: setup
	$(IN)ruff check
	$(IN)ruff format --check
	$(IN)mypy
	$(IN)lint-imports
	$(IN)python app.py check

tools:
	.ci/system tests

lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-annotate --no-header --no-emit-index-url --quiet --output-file requirements.lock
