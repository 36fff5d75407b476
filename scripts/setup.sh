#!/usr/bin/env bash
# Makes this folder ready to run. Safe to call again: it does only what is missing.
#   setup.sh            what the portal needs to run
#   setup.sh dev        and what its tests and checks need
#   setup.sh browser    and a browser for the journeys
#   setup.sh services   and PostgreSQL and Redis
set -euo pipefail
cd "$(dirname "$0")/.."

want=" run $* "
has() { [[ "$want" == *" $1 "* ]]; }
say() { printf '\033[1m==> %s\033[0m\n' "$*"; }

root() {  # run a command as root where that is possible without asking
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo "$@"
    else return 1
    fi
}

apt_updated=
install_packages() {  # install_packages "what for" package...
    local purpose=$1; shift
    if command -v apt-get >/dev/null 2>&1; then
        say "Installing $purpose: $*"
        [ -n "$apt_updated" ] || { root apt-get update -qq && apt_updated=1; } || true
        DEBIAN_FRONTEND=noninteractive root apt-get install -y -qq --no-install-recommends "$@" >/dev/null && return 0
    fi
    return 1
}

find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3.14 python3.13 python3.12 python3.11 python3 python; do
        if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; then
            echo "$candidate"; return
        fi
    done
    echo "Python 3.11, 3.12, 3.13 or 3.14 is needed and was not found. Install it, or name it: PYTHON=/path/to/python make setup" >&2
    exit 1
}

install_requirements() {  # install_requirements file
    local stamp=.venv/.installed-$1 digest
    digest=$(cksum <"$1")
    [ "$(cat "$stamp" 2>/dev/null)" = "$digest" ] && return
    say "Installing Python packages from $1"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement "$1"
    echo "$digest" >"$stamp"
}

python=$(find_python)
if [ ! -x .venv/bin/python ]; then
    say "Creating the virtual environment with $($python --version)"
    if ! "$python" -m venv .venv 2>/dev/null; then
        rm -rf .venv
        install_packages "Python's venv module" python3-venv || true
        "$python" -m venv .venv || { echo "Python's venv module is missing (Debian: apt install python3-venv)." >&2; exit 1; }
    fi
fi
install_requirements requirements.txt
if has dev; then install_requirements requirements-dev.txt; fi

if ! .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1; then
    install_packages "the libraries that draw PDFs" \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core || true
    .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1 || {
        echo "Pango is missing; certificates cannot be drawn without it. Install it and run this again:" >&2
        echo "  Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core" >&2
        echo "  Fedora: dnf install pango dejavu-sans-fonts     macOS: brew install pango" >&2
        exit 1
    }
fi
if ! fc-list 2>/dev/null | grep -q . && ! ls /usr/share/fonts/*/* >/dev/null 2>&1; then
    install_packages "a font for certificates" fonts-dejavu-core fontconfig || true
fi

if has browser && ! command -v chromium >/dev/null 2>&1 && ! command -v chromium-browser >/dev/null 2>&1 && [ -z "${CHROMIUM:-}" ]; then
    install_packages "a browser for the journeys" chromium || {
        echo "No Chromium found. Install it (Debian: apt install chromium) or name it: CHROMIUM=/path/to/chromium" >&2
        exit 1
    }
fi

if has services; then
    command -v redis-server >/dev/null 2>&1 || command -v redis-cli >/dev/null 2>&1 || install_packages "Redis" redis-server || true
    command -v psql >/dev/null 2>&1 || install_packages "PostgreSQL" postgresql postgresql-client || true
fi

if [ ! -f .env ]; then
    say "Writing .env with a fresh secret key"
    key=$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(48))')
    (umask 077; sed "s|^SECRET_KEY=.*|SECRET_KEY=$key|" .env.example >.env)
fi
