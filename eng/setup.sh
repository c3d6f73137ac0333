#!/bin/sh
# Installs what NnGpt needs on Debian 12 and says what it does; a second run finds nothing to do.
#   eng/setup.sh          to build and run
#   eng/setup.sh --tests  also what the tests compare with and drive: Debian's PyTorch, gRPC for Python, Chromium
set -eu

packages="libtorch-dev libopenblas0-openmp cmake make g++ redis-server rabbitmq-server dataset-fashion-mnist bubblewrap util-linux"
# Node.js builds the dashboard's pages. One that is not Debian's, version 18 or newer and with npm, is as good.
if ! { command -v npm && node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)'; } >/dev/null 2>&1; then
  packages="$packages nodejs npm"
fi
case "${1-}" in
  "") ;;
  --tests) packages="$packages python3-torch python3-numpy python3-grpcio python3-protobuf chromium" ;;
  *) echo "usage: eng/setup.sh [--tests]" >&2; exit 2 ;;
esac

if ! command -v dotnet >/dev/null || ! dotnet --list-sdks | grep -q '^10\.'; then
  echo "setup: the .NET 10 SDK is missing (https://dotnet.microsoft.com/download/dotnet/10.0); install it and put dotnet on the PATH." >&2
  exit 1
fi

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  echo "setup: this is no Debian system. Install what these Debian 12 packages hold, then build with dotnet:" >&2
  echo "  $packages" >&2
  echo "A libtorch elsewhere is named by -p:TorchRoot=DIRECTORY." >&2
  exit 1
fi

# shellcheck disable=SC2086
installed=" $(dpkg-query --show --showformat='${db:Status-Status}:${Package}\n' $packages 2>/dev/null | sed -n 's/^installed://p' | tr '\n' ' ')"
missing=""
for package in $packages; do
  case "$installed" in
    *" $package "*) ;;
    *) missing="$missing $package" ;;
  esac
done
[ -n "$missing" ] || exit 0

install="apt-get install --yes --no-install-recommends$missing"
if [ "$(id -u)" = 0 ]; then
  as_root=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root="sudo"
elif command -v sudo >/dev/null && [ -t 0 ]; then
  echo "setup: sudo may ask for your password to install:$missing"
  as_root="sudo"
else
  echo "setup: not root, and no sudo. Run this as root, then start again:" >&2
  echo "  $install" >&2
  exit 1
fi

# The packages would start their own servers; NnGpt runs its own on free ports and needs none of them.
policy=/usr/sbin/policy-rc.d
own_policy=""
restore_policy() {
  if [ -n "$own_policy" ]; then
    $as_root rm -f "$policy"
    own_policy=""
  fi
}
trap restore_policy EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
if [ ! -e "$policy" ]; then
  own_policy=yes
  printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
  $as_root chmod 755 "$policy"
fi

export DEBIAN_FRONTEND=noninteractive
apt() {
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 --quiet "$@"
}
echo "setup: installing$missing"
log=$(mktemp)
# shellcheck disable=SC2086
if ! { apt update && apt install --yes --no-install-recommends $missing; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "setup: apt-get failed (the whole output: $log). What it was asked for:" >&2
  echo "  $install" >&2
  exit 1
fi
rm -f "$log"
restore_policy

if [ -d /run/systemd/system ]; then
  for service in redis-server rabbitmq-server; do
    case "$missing" in
      *"$service"*) $as_root systemctl disable --quiet "$service" 2>/dev/null || true ;;
    esac
  done
fi
echo "setup: done"
