# Two commands are enough on a fresh machine with git, Python 3.11+ and make: `make site` and `make test`.
# The environment lives in .venv/; its stamps are newer than the lock files when there is nothing to install.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
PY := .venv/bin/python
PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
NPM := npm --no-audit --no-fund --loglevel=error
NU := node_modules/vnu-jar/build/dist/vnu.jar

# Further arguments: `make site ARGS=--strict`, `make test ARGS="-k references"`.
ARGS ?=

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help site publication serve schema check desk test lint format docs lock bench clean distclean

help: ## Say what the targets do
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 20

site: .venv/site.stamp ## Set up what is needed and build the site into output/
	$(PY) build.py $(ARGS)

publication: .venv/desk.stamp ## Build the site with all that can be carried away: PDFs, share images, a ZIP (docs/publishing.md)
	$(PY) build.py --with all $(ARGS)

serve: .venv/site.stamp ## Build, show the site on this machine and rebuild on every change
	@$(PY) build.py schema --quiet
	$(PY) build.py serve $(ARGS)

schema: .venv/site.stamp ## Tell editors the data format and the ids known so far (docs/editors.md)
	$(PY) build.py schema $(ARGS)

check: .venv/site.stamp ## Check data/ and content/ without building
	$(PY) build.py check $(ARGS)

desk: .venv/desk.stamp ## Set up what snapshot, verify, archive, invite and --with need besides

test: lint $(NU) ## Set up what is needed and run everything CI runs
	$(PY) -m pytest --numprocesses auto --maxprocesses 4 --dist loadgroup $(ARGS)

lint: .venv/test.stamp ## Format, style and types only
	$(PY) -m ruff format --check
	$(PY) -m ruff check
	$(PY) -m mypy

format: .venv/test.stamp ## Put the code into the house format
	$(PY) -m ruff check --fix --exit-zero
	$(PY) -m ruff format

docs: .venv/test.stamp ## Write the generated pages of docs/ anew
	@for module in rulebook fields; do \
		if [ -e "dossier/$$module.py" ]; then echo "$(PY) -m dossier.$$module"; $(PY) -m "dossier.$$module" || exit 1; fi; done

# uv writes lock files that name no registry host and hold for every system and Python. It stands apart from .venv.
LOCK := UV_SYSTEM_CERTS=1 .venv/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock"
lock: .venv/lock/bin/uv ## Pin what pyproject.toml and package.json ask for (ARGS=--upgrade: the newest of it)
	$(LOCK) $(ARGS) pyproject.toml --output-file requirements.lock
	$(LOCK) $(ARGS) pyproject.toml --group desk --constraint requirements.lock --output-file requirements-desk.lock
	$(LOCK) $(ARGS) pyproject.toml --group dev --constraint requirements-desk.lock --output-file requirements-dev.lock
	$(NPM) install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved
	@# npm notes where to fund each package, which names hosts; nothing is installed by it.
	$(PY) -c 'import json, pathlib; f = pathlib.Path("package-lock.json"); d = json.loads(f.read_text("utf-8")); \
		[each.pop("funding", None) for each in d["packages"].values()]; f.write_text(json.dumps(d, indent=2) + "\n", "utf-8")'

bench: .venv/site.stamp ## Measure beside Hugo and Eleventy (ARGS="--sizes 100,1000 --rounds 3"; see bench/README.md)
	$(PY) bench/run.py $(ARGS)

clean: ## Remove what was built, but for the environment
	rm -rf output .output.* .schemas .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -path ./.venv -prune -o -name __pycache__ -exec rm -rf {} +

distclean: clean ## Remove the environment too
	rm -rf .venv node_modules

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer was not found. Install it, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv

.venv/site.stamp: requirements.lock | .venv/bin/python
	$(PIP_INSTALL) -r requirements.lock
	@touch $@

.venv/desk.stamp: requirements.lock requirements-desk.lock | .venv/bin/python
	$(PIP_INSTALL) -r requirements-desk.lock
	@touch .venv/site.stamp $@

.venv/test.stamp: requirements.lock requirements-desk.lock requirements-dev.lock | .venv/bin/python
	$(PIP_INSTALL) -r requirements-dev.lock
	@touch .venv/site.stamp .venv/desk.stamp $@

.venv/lock/bin/uv: | .venv/bin/python
	$(PY) -m venv --clear .venv/lock
	.venv/lock/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9

# The HTML checker needs Java, the YAML language server Node, and both npm to fetch them. Without them the tests say what
# they did not check (and fail in CI).
$(NU): package-lock.json
	@if command -v npm >/dev/null; then $(NPM) ci --ignore-scripts && touch $@; fi || true
