#!/bin/bash
# From nothing to admitted architectures: sets up, builds, starts the system, runs an experiment and shows it.
#   ./run.sh [PROFILE] [--exit]
# PROFILE is a name in profiles/ or a file; quickstart when not given. An experiment of it that has not ended goes on.
# --exit stops everything at the end; without it the system keeps running until Ctrl-C.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

profile=quickstart
stay=yes
for argument in "$@"; do
  case "$argument" in
    --exit) stay="" ;;
    -h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0"; exit 0 ;;
    -*) echo "unknown option $argument; usage: ./run.sh [PROFILE] [--exit]" >&2; exit 2 ;;
    *) profile=$argument ;;
  esac
done

home=${NNGPT_HOME:-$PWD/.nngpt}
state=$home/apphost.json
errors=$home/logs/apphost.err

eng/setup.sh
echo "build: the programs, in Release"
started=$(date +%s.%N)
eng/build.sh eng/programs.slnf
touch -d "@$started" src/Programs/NnGpt.Cli/obj/built.stamp
mkdir -p "$home/logs"

# Its own session, so that Ctrl-C comes here first and the system is stopped in order; it stops too when this script dies.
setpriv --pdeathsig TERM setsid dotnet NnGpt.AppHost/bin/Release/net10.0/NnGpt.AppHost.dll >/dev/null 2>"$errors" &
apphost=$!
stop() {
  trap - EXIT INT TERM HUP
  if kill -TERM "$apphost" 2>/dev/null; then
    echo "stopping the system"
    wait "$apphost" || true
  fi
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# apphost.json is written by this AppHost, one property a line.
is_mine() { grep -q "^  \"pid\": $apphost,\$" "$state" 2>/dev/null; }
is_running() { is_mine && grep -q '^  "status": "running"' "$state"; }
has_failed() { is_mine && grep -q '^      "status": "failed"' "$state"; }
print_unhealthy() {
  awk -F'": "?' '/^      "name"/ {name=$2} /^      "health"/ {health=$2} /^      "detail"/ && health !~ /^healthy/ {print "  " name " " health " " $2}' "$state" |
    sed 's/",*//g; s/null,//' >&2
}

echo "start: the system, logs in $home/logs"
deadline=$((SECONDS + 300))
until is_running; do
  if ! kill -0 "$apphost" 2>/dev/null; then
    cat "$errors" >&2
    exit 1
  fi
  if has_failed || ((SECONDS > deadline)); then
    print_unhealthy
    echo "the system did not start; logs in $home/logs" >&2
    exit 1
  fi
  sleep 0.2
done

sed 's/^/dashboard: /' "$home/urls" 2>/dev/null || true

# The settings of the caller must not lead the command line to another system.
code=0
env -u NNGPT_COORDINATOR NNGPT_HOME="$home" dotnet src/Programs/NnGpt.Cli/bin/Release/net10.0/nngpt.dll \
  run start "$profile" --continue --watch || code=$?

if [ -n "$stay" ] && [ "$code" != 130 ]; then
  echo
  echo "The system keeps running: ./nngpt --help says what it can be asked. Ctrl-C stops it."
  wait "$apphost" || code=$?
fi
exit "$code"
