#!/bin/sh
# Installs the Debian packages of a list that are missing; shows them first. SETUP=no leaves the machine alone.
set -eu
export LC_ALL=C
[ "${SETUP:-yes}" = no ] && exit 0
command -v dpkg-query >/dev/null || exit 0
missing=
for package in $(grep -v '^#' "$1"); do
  dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
echo "installing:$missing" >&2
run=
[ "$(id -u)" -eq 0 ] || run=sudo
[ -z "$run" ] || command -v sudo >/dev/null ||
  { echo "they need root and there is no sudo: install them, or give SETUP=no" >&2; exit 1; }
$run apt-get update -qq >&2
DEBIAN_FRONTEND=noninteractive $run apt-get install -y -qq --no-install-recommends $missing >/dev/null
