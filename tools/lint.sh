#!/bin/sh
# Linters, types, layers, migrations, catalogue: clean in every commit. Every step runs, whatever the others say.
set -u
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export NHIEMKY_DATA="$folder" DJANGO_SETTINGS_MODULE=nhiemky.config.settings
failed=""
step() { # step NAME COMMAND…
  name=$1
  shift
  "$@" || failed="$failed $name"
}
step ruff .venv/bin/ruff check .
step format .venv/bin/ruff format --check -q .
step layers .venv/bin/lint-imports --no-cache
step types .venv/bin/mypy
step migrations .venv/bin/python -W ignore -m django makemigrations --check --dry-run
step catalogue .venv/bin/python tools/catalogue.py check
if [ -n "$failed" ]; then
  echo "✕ lint:$failed" >&2
  exit 1
fi
echo "lint: ok"
