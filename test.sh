#!/bin/bash
# Sets up, builds with warnings as errors, checks the format and runs every test.
#   ./test.sh [PATTERN]    only the test projects whose name holds PATTERN
# NNGPT_DATA names a directory with more data sets; tests that need one which is not there are skipped.
# The last line is "N passed, N failed", with ", N skipped" when some were.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
pattern=${1:-}
limit=${TEST_LIMIT:-1200}

eng/setup.sh --tests
echo "build: the solution, in Release, warnings are errors"
eng/build.sh NnGpt.sln
passed=0 failed=0 skipped=0
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

echo "format"
if ! dotnet format whitespace . --folder --verify-no-changes --exclude '**/obj/**' '**/bin/**' >"$results/format" 2>&1; then
  head -n 40 "$results/format"
  echo "FAILED  format: 'dotnet format whitespace . --folder' mends it"
  failed=$((failed + 1))
fi

# "   NnGpt.Data.Tests  Total: 31, Errors: 0, Failed: 0, Skipped: 2, Not Run: 0, Time: 1.203s"
figure() { sed -n "s/.* $1: \([0-9]*\).*/\1/p" <<<"$summary"; }

for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  [[ $name == *"$pattern"* ]] || continue
  log=$results/$name
  seconds=$SECONDS
  code=0
  timeout --kill-after=20 "$limit" dotnet "tests/$name/bin/Release/net10.0/$name.dll" -noColor -noLogo >"$log" 2>&1 || code=$?
  seconds=$((SECONDS - seconds))
  summary=$(grep -E ' Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+' "$log" | tail -n 1 || true)
  if [[ -z $summary ]]; then
    failed=$((failed + 1))
    if [[ $code == 124 || $code == 137 ]]; then
      echo "FAILED  $name: no end within $limit s"
    else
      echo "FAILED  $name: ended with $code before it could count"
    fi
    tail -n 60 "$log"
    continue
  fi

  bad=$(($(figure Failed) + $(figure Errors)))
  skips=$(figure Skipped)
  good=$(($(figure Total) - $(figure Failed) - skips - $(figure 'Not Run')))
  [[ $bad == 0 && $code != 0 ]] && bad=1
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + skips))
  printf '%-7s %-28s %4d passed, %d failed, %d skipped in %d s\n' "$([[ $bad == 0 ]] && echo ok || echo FAILED)" "$name" "$good" "$bad" "$skips" "$seconds"
  if [[ $bad != 0 ]]; then
    cat "$log"
  elif [[ $skips != 0 ]]; then
    grep -A 1 '\[SKIP\]' "$log" | grep -v '^--' || true
  fi
done

line="$passed passed, $failed failed"
[[ $skipped == 0 ]] || line="$line, $skipped skipped"
echo "$line"
[[ $failed == 0 ]]
