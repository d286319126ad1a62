# Two targets do all the set-up on a fresh machine: `make site` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: audit edits links mutants hostile flipped fuzz kills faults determinism limits reproduce bench pictures weights lighthouse site test serve check verify clean requirements docs pdf-tools

site: $(VENV)/.site
	@$(BIN)/python build.py

serve: $(VENV)/.site
	@$(BIN)/python build.py serve

check: $(VENV)/.site
	@$(BIN)/python build.py check

# Compares the quotations with the articles' texts: make verify TEXTS=FOLDER
verify: $(VENV)/.site
	$(if $(TEXTS),,$(error say in which folder the texts are: make verify TEXTS=FOLDER))
	@$(BIN)/python build.py verify --texts "$(TEXTS)"

test: $(VENV)/.test
	@$(BIN)/python -m tests.tools
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest

# The authors' reference and the page of every code, from the schema and the rules.
docs: $(VENV)/.site
	@$(BIN)/python build.py schema

requirements: $(VENV)/.test
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-header --no-emit-index-url --no-emit-find-links --allow-unsafe -o requirements.txt requirements.in
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-header --no-emit-index-url --no-emit-find-links --allow-unsafe -o requirements-test.txt requirements-test.in
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-header --no-emit-index-url --no-emit-find-links --allow-unsafe -o requirements-pdf.txt requirements-pdf.in
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-header --no-emit-index-url --no-emit-find-links --allow-unsafe -o requirements-audit.txt requirements-audit.in

# The optional extra: PDFs.
pdf-tools: $(VENV)/.site
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-pdf.txt

clean:
	rm -rf build site .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: requirements.txt | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.test: requirements-test.txt $(VENV)/.site
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@

# Lighthouse on the built site; prints medians of five and writes bench/LIGHTHOUSE.md.
lighthouse: $(VENV)/.test site
	@$(BIN)/python -m tests.tools
	@cd bench/web && PATH="$(CURDIR)/$(BIN):$$PATH" ../../$(BIN)/npm ci --no-audit --no-fund --silent
	@$(BIN)/python -m bench.lighthouse site

# How heavy the pages of 20,000 articles are; writes docs/weights.md.
weights: $(VENV)/.site
	@$(BIN)/python -m bench.weights 20000

# The pictures of the README, of the site as built.
pictures: $(VENV)/.test site
	@$(BIN)/python -m tests.tools
	@$(BIN)/python -m tests.browser.pictures site docs/images

# Readout beside Hugo; prints the table and writes bench/RESULTS.md.
bench: $(VENV)/.test
	@cd bench/web && PATH="$(CURDIR)/$(BIN):$$PATH" ../../$(BIN)/npm ci --no-audit --no-fund --silent
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m bench.run

# Two builds are the same bytes.
reproduce: $(VENV)/.test
	@$(BIN)/python -m tests.reproduce

# Known vulnerabilities in what is pinned; asks the network.
audit: $(VENV)/.test
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.txt
	@$(BIN)/pip-audit --require-hashes --disable-pip -r requirements.txt
	@$(BIN)/pip-audit --require-hashes --disable-pip -r requirements-test.txt

# Heavy runs: each goes on where it was stopped, and writes docs/reliability/<name>.txt.
edits: $(VENV)/.test
	@$(BIN)/python -m tests.heavy.edits 5000

links: $(VENV)/.test
	@$(BIN)/python -m tests.heavy.links 20000

mutants: $(VENV)/.test
	@$(BIN)/python -m tests.heavy.mutants 300

hostile: $(VENV)/.test
	@$(BIN)/python -m tests.tools
	@$(BIN)/python -m tests.heavy.hostile 5000
	@$(BIN)/python -m tests.heavy.browser 2000

flipped: $(VENV)/.test
	@$(BIN)/python -m tests.heavy.cache

fuzz: $(VENV)/.test
	@$(BIN)/python -m tests.heavy.fuzz 1000000

kills: $(VENV)/.test
	@$(BIN)/python -m tests.heavy.kills 10000 --builds 500

faults: $(VENV)/.test
	@$(BIN)/python -m tests.heavy.faults

determinism: $(VENV)/.test
	@$(BIN)/python -m tests.heavy.determinism 400

limits: $(VENV)/.test
	@$(BIN)/python -m tests.heavy.limits 1024
