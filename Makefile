# The one door. `make help` says what there is; each target does its own set-up.

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
COOLDOWN := 7 days
export UV_COMPILE_BYTECODE := 1
# The machine says whom to trust: many organisations look into their own traffic.
export UV_SYSTEM_CERTS := 1
unexport PYTHONDONTWRITEBYTECODE VIRTUAL_ENV PYTHONHOME PYTHONPATH

.DEFAULT_GOAL := help
.PHONY: help run install test check bench charts torture screenshots audit format messages lock clean browser nginx templates postgresql
.DELETE_ON_ERROR:

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.ready-to-run ## run everything; the first time with the demo organisation
	@exec $(BIN)/plein run

install: $(VENV)/.ready-to-run ## fetch what Plein needs, for a hub of your own and after each update

# What tests write is thrown away, so it lies in memory where there is enough: on a disk, each test
# waits until what all others wrote would survive a power cut.
test: export TMPDIR := $(shell [ "$$(df -k --output=avail /dev/shm 2>/dev/null | tail -1)" -gt 8000000 ] 2>/dev/null && echo /dev/shm || echo "$${TMPDIR:-/tmp}")
test: $(VENV)/.ready-to-work browser nginx ## run all tests, with coverage; on PostgreSQL too what a database can make different
	@.ci/test $(PY)

check: $(VENV)/.ready-to-work ## run every check that needs no tests
	@.ci/check

bench: $(VENV)/.ready-to-measure ## measure what must be fast beside other tools, and write bench.json
	@rm -f bench.json
	@$(PY) -m pytest tests/benchmarks --numprocesses=0 --capture=no --quiet --tb=short -p no:randomly -o python_files='bench_*.py'

charts: $(VENV)/.ready-to-work ## draw the charts of the developers' pages from the figures kept there
	@$(PY) -m tests.benchmarks.charts tests/benchmarks/bench.json content/developers/pictures

torture: $(VENV)/.ready-to-work ## kill it for real at every step, and print what was lost (minutes)
	@$(PY) -m pytest tests/torture --numprocesses=0 --capture=no --quiet -p no:randomly -o python_files='torture_*.py'
	@PLEIN_EVERY_STEP=1 $(PY) -m pytest tests/integration/publishing/test_clock_processes.py tests/integration/press/test_release_crashes.py tests/integration/press/test_own_parts.py --numprocesses=0 --quiet
	@PLEIN_EVERY_STEP=1 $(PY) -m pytest tests/unit tests/integration -m hypothesis --numprocesses=0 --quiet

screenshots: $(VENV)/.ready-to-work browser ## photograph a running hub, for people and for the README
	@$(PY) -m pytest tests/end_to_end --numprocesses=0 --capture=no --quiet -p no:randomly -o python_files='screenshots.py'

audit: $(VENV)/.ready-to-work browser ## look at every kind of page as everybody reads it (minutes; needs node, npm and java)
	@.ci/audit-tools build/audit-tools
	@$(PY) -m pytest tests/end_to_end --numprocesses=0 --capture=no --quiet -p no:randomly -o python_files='audit_*.py'

format: $(VENV)/.ready-to-work ## put code and templates in the house's layout
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/djhtml --tabwidth 4 cms
	@$(BIN)/djhtml --tabwidth 2 themes

messages: $(VENV)/.ready-to-work ## bring the Dutch catalogue up to date with the source
	@$(PY) .ci/messages.py merge

lock: $(VENV)/.ready-to-work ## choose package versions anew, none younger than a week
	@.ci/lock "$(COOLDOWN)"

clean: ## remove what can be made again; `var/` stays
	@rm -rf build $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

browser: $(VENV)/.ready-to-work
	@.ci/browser $(BIN)/playwright

nginx:
	@.ci/nginx

templates: $(VENV)/.ready-to-work postgresql # the databases that tests begin with
	@DJANGO_SETTINGS_MODULE=cms.config.settings.test $(PY) -m tests.databases sqlite $$(.ci/postgresql >/dev/null 2>&1 && echo postgresql)

postgresql: # its tests are left out where there is none, and say so
	@.ci/postgresql || true

$(VENV)/.ready-to-run: requirements.txt pyproject.toml .ci/install
	@test $(VENV)/.ready-to-work -nt requirements-dev.txt -a $(VENV)/.ready-to-work -nt pyproject.toml || .ci/install $(VENV) requirements.txt
	@touch $@

$(VENV)/.ready-to-work: requirements-dev.txt pyproject.toml .ci/install
	@.ci/install $(VENV) requirements-dev.txt
	@touch $@

$(VENV)/.ready-to-measure: $(VENV)/.ready-to-work requirements-bench.txt
	@.ci/install $(VENV) requirements-bench.txt
	@touch $@
