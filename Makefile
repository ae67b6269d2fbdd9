# The entry to everything. Works with Debian 12's make, in folders with spaces and Vietnamese letters.
ARGS ?=
.PHONY: demo serve test fast fuzz lint types bench bench-national setup setup-dev lock i18n
.DEFAULT_GOAL := demo

demo: setup ## the generated province, in the browser
	@.venv/bin/nhiemky demo $(ARGS)

serve: setup
	@.venv/bin/nhiemky serve $(ARGS)

test: setup-dev ## everything, browser tests included
	@sh tools/test.sh $(ARGS)

fast: setup-dev ## what can be known in seconds
	@.venv/bin/ruff check . && .venv/bin/lint-imports --no-cache >/dev/null && .venv/bin/pytest tests/domain

fuzz: setup-dev ## damaged spreadsheets against the parser: ARGS="SECONDS [SEED]"
	@.venv/bin/python tools/fuzz.py $(ARGS)

lint: setup-dev ## linters, types, layers, migrations, catalogue
	@sh tools/lint.sh

bench: setup-dev
	@.venv/bin/python bench/run.py $(ARGS)

bench-national: setup-dev ## the register of the whole country: build, reform, figures, memory (about 20 minutes, 9 GB)
	@.venv/bin/nhiemky bench national $(ARGS)

i18n: setup-dev
	@.venv/bin/python tools/catalogue.py check && .venv/bin/python tools/catalogue.py compile

setup:
	@sh tools/setup.sh run

setup-dev:
	@sh tools/setup.sh dev

lock: ## resolve anew; the lock holds versions and hashes, no addresses
	@.tools/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements.lock
	@.tools/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --group dev -o requirements-dev.lock
	@echo uv==$$(.tools/bin/uv --version | cut -d' ' -f2) | .tools/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate - -o tools/uv.lock
