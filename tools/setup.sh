#!/bin/sh
# Installs what building and testing need and is not there yet (Debian 12; as root, or with sudo), then
# hands its arguments to make: `tools/setup.sh demo`, `tools/setup.sh test`.
set -eu
cd "$(dirname "$0")/.."

missing=
need() { # PACKAGE: unless dpkg says that it is installed
    dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed' || missing="$missing $1"
}
need_command() { # COMMAND PACKAGE: unless the command is there, from wherever
    command -v "$1" >/dev/null || missing="$missing $2"
}

# What each is for stands in README.md.
need gcc; need libc6-dev; need make; need meson; need ninja-build; need pkg-config
need libjansson-dev; need libzip-dev; need zlib1g-dev; need libgumbo-dev; need libicu-dev; need libuchardet-dev; need libexpat1-dev; need libcurl4-openssl-dev; need libsqlite3-dev; need libcld2-dev; need libcmocka-dev
need libpoppler-glib-dev; need libbrotli-dev; need libarchive-dev; need nettle-dev
need python3-pytest; need python3-pip; need python3-jsonschema; need valgrind; need mandoc; need zsh; need fish; need g++
need ca-certificates
need_command npm npm

if [ -n "$missing" ]; then
    echo "setup: installing$missing" >&2
    as_root=
    if [ "$(id -u)" -ne 0 ]; then as_root=sudo; fi
    export DEBIAN_FRONTEND=noninteractive
    $as_root apt-get update -q >&2
    # shellcheck disable=SC2086
    $as_root apt-get install -q -y --no-install-recommends $missing >&2
fi
if [ $# -gt 0 ]; then exec make "$@"; fi
