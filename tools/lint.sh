#!/bin/sh
# Linters, types, layers, migrations, catalogue: clean in every commit.
set -eu
cd "$(dirname "$0")/.."
export NHIEMKY_DATA="${TMPDIR:-/tmp}/nhiemky-lint" DJANGO_SETTINGS_MODULE=nhiemky.config.settings
.venv/bin/ruff check .
.venv/bin/ruff format --check -q .
.venv/bin/lint-imports --no-cache
.venv/bin/mypy
.venv/bin/python -W ignore -m django makemigrations --check --dry-run
.venv/bin/python tools/catalogue.py check
echo "lint: ok"
