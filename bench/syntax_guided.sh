#!/bin/bash
# What syntax-guided decoding brings and costs: networks sampled with and without it, judged in the sandbox.
#   bench/syntax_guided.sh [COUNT] [MODEL]    prints a line each: valid, processor seconds, reasons of the others
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
count=${1:-200} model=${2:-models/nngpt-small}
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
export OMP_NUM_THREADS=1
for kind in plain guided; do
  options=()
  [[ $kind == guided ]] && options=(--syntax-guided)
  TIMEFORMAT=%U
  { time ./nngpt sample --model "$model" --count "$count" --seed 0 "${options[@]}" --out "$directory/$kind.jsonl"; } 2>"$directory/$kind.seconds"
  mkdir "$directory/$kind"
  /usr/bin/python3 - "$directory" "$kind" <<'PYTHON'
import json, sys
directory, kind = sys.argv[1:]
for number, line in enumerate(open(f"{directory}/{kind}.jsonl")):
    open(f"{directory}/{kind}/{number:04}.py", "w").write(json.loads(line)["source"])
PYTHON
  ./nngpt validate "$directory/$kind" --max-parameters 500000 --output json >"$directory/$kind.verdicts" || true
  /usr/bin/python3 - "$directory" "$kind" <<'PYTHON'
import collections, json, sys
directory, kind = sys.argv[1:]
verdicts = [json.loads(line) for line in open(f"{directory}/{kind}.verdicts")]
reasons = collections.Counter(verdict.get("reason") or "?" for verdict in verdicts if not verdict["verdict"] == "valid")
seconds = open(f"{directory}/{kind}.seconds").read().split()[-1]
print(f"{kind}: {sum(verdict['verdict'] == 'valid' for verdict in verdicts)} of {len(verdicts)} valid, {seconds} s of processor time; others: {dict(reasons.most_common())}")
PYTHON
done
