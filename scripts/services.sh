#!/usr/bin/env bash
# Finds PostgreSQL and Redis at their usual local addresses, or starts them, and prints the variables to use them.
#   eval "$(scripts/services.sh)"
set -euo pipefail

data=${SERVICES_DIR:-$(pwd)/data/services}
user=$(id -un)

redis_answers() { (exec 3<>/dev/tcp/127.0.0.1/6379 && printf 'PING\r\n' >&3 && read -r -t 2 line <&3 && [[ $line == *PONG* ]]) 2>/dev/null; }

find_postgres() {  # prints the first address that lets us in
    local url
    for url in "${TEST_DATABASE_URL:-}" "postgres://$user@127.0.0.1:5432/postgres" "postgres://postgres@127.0.0.1:5432/postgres" \
        "postgres://postgres:postgres@127.0.0.1:5432/postgres" "postgres://portal:portal@127.0.0.1:5432/postgres"; do
        [ -n "$url" ] && PGCONNECT_TIMEOUT=3 psql -w "$url" -qtAc 'select 1' >/dev/null 2>&1 && { echo "$url"; return 0; }
    done
    return 1
}

if ! redis_answers; then
    mkdir -p "$data"
    redis-server --daemonize yes --bind 127.0.0.1 --port 6379 --save "" --appendonly no --dir "$data" >/dev/null
    for _ in $(seq 20); do redis_answers && break; sleep 0.25; done
    redis_answers || { echo "Redis is neither running on 127.0.0.1:6379 nor could it be started." >&2; exit 1; }
fi

if ! find_postgres >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v pg_ctlcluster >/dev/null 2>&1; then
        version=$(ls /etc/postgresql | sort -n | tail -n 1)
        pg_ctlcluster --skip-systemctl-redirect "$version" main start >/dev/null 2>&1 || true
        sleep 2
        su postgres -c "psql -qc \"create role portal superuser login password 'portal'\"" >/dev/null 2>&1 || true
    fi
fi
url=$(find_postgres) || { echo "PostgreSQL does not answer on 127.0.0.1:5432. Name it: TEST_DATABASE_URL=postgres://…" >&2; exit 1; }

echo "export DATABASE_URL='$url'"
echo "export REDIS_URL='redis://127.0.0.1:6379/5'"
