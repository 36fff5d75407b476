#!/usr/bin/env bash
# Serves the portal with its demo content. The first run prepares everything; later runs start in seconds.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh

port=${PORT:-8000}
host=${HOST:-127.0.0.1}
case "$(sed -n 's/^FRONTEND_URL=//p' .env | tail -n 1)" in
    ""|http://127.0.0.1:*) export FRONTEND_URL="http://$host:$port" ;;
esac

manage=".venv/bin/python manage.py"
stamp=.venv/.collected
digest=$(find static portal/common/storage.py requirements.txt -type f -print0 | sort -z | xargs -0 cksum | cksum)
if [ "$(cat $stamp 2>/dev/null)" != "$digest" ] || [ ! -f staticfiles/staticfiles.json ]; then
    printf '\033[1m==> %s\033[0m\n' "Collecting static files"
    $manage collectstatic --no-input --clear --verbosity 0
    echo "$digest" >$stamp
fi
$manage migrate --no-input --verbosity 0
if [ "${DEMO:-1}" = 1 ]; then
    $manage load_demo --once
fi
exec $manage serve --host "$host" --port "$port"
