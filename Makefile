# blogq: one command for each thing a person wants. Each does all of its own set-up.
#
#   make demo    build the example blog and say where to look
#   make docs    build the manual, with blogq itself
#   make test    everything a reviewer would ask: lint, types, the whole suite
#
# `make PYTHON=/path/to/python3.12 …` chooses the Python (3.11 or newer).

PYTHON ?=
WORKERS ?= 2
ENDURE ?= 3600
SITE := example-site
PAGES := $(SITE)/_site
MANUAL := docs
BIN := .venv/bin

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.DEFAULT_GOAL := help

.PHONY: help demo docs test lint types suite audit bench bench-gate bench-originality bench-preview evaluate soak clean

help:
	@sed -n 's/^#   //p' Makefile
	@echo "make lint    ruff, mypy --strict"
	@echo "make audit   every type of page with Lighthouse, axe and the W3C's checker (a quarter of an hour)"
	@echo "make bench   blogq beside other generators (minutes)"
	@echo "make bench-gate  what the gate costs (minutes)"
	@echo "make bench-preview  previews beside those of other generators, in Chromium (minutes)"
	@echo "make bench-originality  what comparing with 100,000 posts costs (minutes)"
	@echo "make evaluate    the gate beside people's judgement and simulated truth (minutes)"
	@echo "make soak    the property tests for longer, and a preview for an hour"
	@echo "make clean   remove all that the above have made"

# A stamp is newer than what it was made from: when nothing changed, set-up costs nothing.
.venv/.run: pyproject.toml scripts/setup
	@PYTHON="$(PYTHON)" scripts/setup run

.venv/.dev: pyproject.toml scripts/setup audit/package-lock.json
	@PYTHON="$(PYTHON)" scripts/setup dev

# Whoever tests blogq has Pagefind already.
.venv/.docs: .venv/.run
	@$(BIN)/python -c 'import pagefind' 2>/dev/null || PYTHON="$(PYTHON)" scripts/setup docs
	@touch $@

demo: .venv/.run
	@$(BIN)/blogq build --site $(SITE)
	@echo
	@echo "The example blog is built. Look at it:"
	@echo "  $(PAGES)/index.html              is its front page"
	@echo "  $(BIN)/blogq serve --site $(SITE)   shows it beside your editor, at http://localhost:4000/"
	@echo
	@echo "Go on:"
	@echo "  edit a post in $(SITE)/content/posts/ and see it change in the preview, or run 'make demo' again"
	@echo "  or build a folder of Markdown of your own:"
	@echo "  $(BIN)/blogq build --site path/to/your/folder"

docs: .venv/.docs
	@$(BIN)/blogq build --site $(MANUAL)
	@echo
	@echo "The manual is built. Look at it:"
	@echo "  $(BIN)/blogq serve --site $(MANUAL)   at http://localhost:4000/, beside your editor"
	@echo "  $(MANUAL)/_site/                     is what a host takes, at the address that base_url names"

test: lint types suite

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.dev
	$(BIN)/mypy --strict

# The drift checks (generated pages, tables, the house rules) are tests, so they run here as well.
suite: .venv/.dev
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup

# Speed is part of what is scored: nothing else should run.
audit: .venv/.dev
	$(BIN)/python -m audit

bench: .venv/.dev
	$(BIN)/python benchmarks/run.py

bench-gate: .venv/.dev
	$(BIN)/python benchmarks/gate.py

bench-originality: .venv/.dev
	$(BIN)/python benchmarks/originality.py

bench-preview: .venv/.dev
	$(BIN)/python benchmarks/preview.py

# Data that is not the project's is named by variables; what has none is said to be left out.
evaluate: .venv/.dev
	$(BIN)/python evaluations/cadence.py --size 60
	@if [ -n "$$BLOGQ_BLOGS" ]; then for blog in "$$BLOGQ_BLOGS"/*/; do $(BIN)/python -m evaluations.score "$$blog"; \
	$(BIN)/python -m evaluations.findings --shares "$$blog"; $(BIN)/python -m evaluations.originality --blogs "$$blog"; done; \
	else echo "Left out: scores on blogs; name a folder of blogs with BLOGQ_BLOGS."; fi
	@if [ -n "$$BLOGQ_ONESTOP" ]; then $(BIN)/python -m evaluations.ease; \
	else echo "Left out: ease; name a copy of OneStopEnglishCorpus with BLOGQ_ONESTOP."; fi
	@if [ -n "$$BLOGQ_EXPORTS" ]; then $(BIN)/python -m evaluations.importing; \
	else echo "Left out: imports; name a folder of other blogs' exports with BLOGQ_EXPORTS."; fi
	@if [ -n "$$BLOGQ_PAN" ]; then $(BIN)/python -m evaluations.originality; \
	else echo "Left out: originality; name PAN's training corpus with BLOGQ_PAN."; fi

soak: .venv/.dev
	BLOGQ_SOAK=1 $(BIN)/pytest -n $(WORKERS) -m soak
	@if [ -n "$$BLOGQ_BENCH" ]; then $(BIN)/python benchmarks/endurance.py --seconds $(ENDURE); \
	else echo "Left out: a preview for an hour; name the folder of the corpus generator with BLOGQ_BENCH."; fi

clean:
	rm -rf .venv .cache/checkers dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis $(PAGES) $(SITE)/.blogq $(MANUAL)/_site $(MANUAL)/.blogq
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
