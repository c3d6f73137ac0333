#!/usr/bin/env python3
"""Time and memory of `nngpt corpus dedup` and `import` on 10,000 and 110,000 records; prints the table of bench/README.md.
  python3 bench/curation.py [WORK_FOLDER]
The records are networks of the project's own sampler (45 %) and changed copies of them: exact copies, other comments, a
line more, a number changed, a stage's lines left out. They follow from a seed. Only the standard library is used."""
import json, os, random, re, resource, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NNGPT = ["dotnet", os.path.join(ROOT, "src/Programs/NnGpt.Cli/bin/Release/net10.0/nngpt.dll")]


def change(source, rng):
    kind = rng.randrange(6)
    lines = source.split("\n")
    if kind == 0:
        return source
    if kind == 1:
        lines.insert(rng.randrange(len(lines)), "# " + "".join(rng.choice("abcdef ") for _ in range(30)))
    elif kind == 2:
        lines.append(f"SCALE = {rng.random()}\n")
    elif kind == 3:
        numbers = list(re.finditer(r"\b\d+\b", source))
        number = rng.choice(numbers)
        return source[: number.start()] + str(rng.randrange(1, 99)) + source[number.end():]
    elif kind == 4:
        first = rng.randrange(len(lines))
        del lines[first: first + rng.randrange(1, 6)]
    else:
        return re.sub(r"\bx\b", rng.choice(["out", "h", "y"]), source)
    return "\n".join(lines)


def generate(path, count, networks, rng):
    with open(path, "w", encoding="utf-8") as file:
        for i in range(count):
            fresh = rng.random() < 0.45
            source = networks[i * 45 // 100] if fresh else change(networks[rng.randrange(0, max(1, i * 45 // 100))], rng)
            file.write(json.dumps({"messages": [
                {"role": "user", "content": "Design a network."},
                {"role": "assistant", "content": f"```python\n{source}\n```"}]}) + "\n")


def run(arguments):
    # A child of its own, so that the largest memory is that of this run.
    code = ("import resource, subprocess, sys, json, time; t = time.time(); "
            "p = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, check=True); u = resource.getrusage(resource.RUSAGE_CHILDREN); "
            "print(json.dumps([json.loads(p.stdout), u.ru_maxrss / 1024, u.ru_utime + u.ru_stime, time.time() - t]))")
    out = subprocess.run([sys.executable, "-c", code, *NNGPT, *arguments, "--output", "json"], stdout=subprocess.PIPE, check=True)
    return json.loads(out.stdout)


def main():
    work = sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="nngpt-curation-")
    os.makedirs(work, exist_ok=True)
    sampled = os.path.join(work, "sampled.jsonl")
    if not os.path.exists(sampled):
        subprocess.run([*NNGPT, "model", "train", "--corpus-only", sampled, "--documents", "50000", "--seed", "11"], check=True)
    with open(sampled, encoding="utf-8") as file:
        networks = [json.loads(line)["source"] for line in file]
    print("| command | records | MB | exact | near | kept | seconds | CPU seconds | records/s | peak RSS, MiB |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for count in (10_000, 110_000):
        records = os.path.join(work, f"records-{count}.jsonl")
        if not os.path.exists(records):
            generate(records, count, networks, random.Random(count))
        for command in ("dedup", "import"):
            report, memory, cpu, seconds = run(["corpus", command, records, "--out", os.path.join(work, f"{command}-{count}")])
            print(f"| {command} | {report['read']:,} | {os.path.getsize(records) / 1e6:.0f} | {report['exact']:,} | {report['near']:,} "
                  f"| {report['kept']:,} | {seconds:.1f} | {cpu:.1f} | {count / seconds:,.0f} | {memory:.0f} |", flush=True)


main()
