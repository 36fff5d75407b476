#!/usr/bin/env bash
# Runs the whole suite: first everything without a browser, in parallel, then the journeys in a real browser.
#   test.sh            on the embedded default (SQLite, memory)
#   test.sh services   on PostgreSQL and Redis
set -euo pipefail
cd "$(dirname "$0")/.."

export DJANGO_SETTINGS_MODULE=portal.settings_test
if [ "${1:-}" = services ]; then
    scripts/setup.sh dev browser services
    eval "$(scripts/services.sh)"
else
    scripts/setup.sh dev browser
    # Whatever .env says, this run is the embedded one.
    export DATABASE_URL="sqlite:///unused.sqlite3" REDIS_URL=""
fi
pytest=".venv/bin/python -m pytest"
$pytest -q -n "${TEST_PROCESSES:-auto}" --dist loadscope -m "not e2e"
$pytest -q -m e2e tests/e2e
