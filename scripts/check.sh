#!/usr/bin/env bash
# Style, types, layers, migrations and deployment checks.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin

$bin/ruff check .
$bin/ruff format --check .
$bin/lint-imports
$bin/mypy
$bin/python manage.py makemigrations --check --dry-run
if ls ./*/migrations/*_auto_*.py portal/common/migrations/*_auto_*.py 2>/dev/null; then
    echo "Give these migrations a name that says what they change." >&2
    exit 1
fi
# As a deployment would be set up: https, PostgreSQL, Redis. Nothing is contacted.
SECRET_KEY=$($bin/python -c 'import secrets; print(secrets.token_urlsafe(64))') DEBUG=False \
    FRONTEND_URL=https://learn.example.org ALLOWED_HOSTS=learn.example.org \
    DATABASE_URL=postgres://portal@127.0.0.1/portal REDIS_URL=redis://127.0.0.1:6379/0 \
    $bin/python manage.py check --deploy --fail-level WARNING
