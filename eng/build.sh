#!/bin/sh
# Builds a project or solution in Release, quietly: prints nothing but what went wrong.
#   eng/build.sh SOLUTION [ARGUMENTS OF dotnet build]
set -eu
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! dotnet build "$@" --configuration Release --nologo --verbosity quiet >"$log" 2>&1; then
  grep -E '(error|warning) [A-Z]+[0-9]+|error:' "$log" | sort -u | head -n 40 >&2 || true
  [ -s "$log" ] && ! grep -qE 'error [A-Z]+[0-9]+' "$log" && tail -n 40 "$log" >&2
  echo "build failed: dotnet build $* --configuration Release" >&2
  exit 1
fi
