#!/usr/bin/env python3
"""`nngpt corpus dedup` and `nngpt novelty similarity` against datasketch's scheme over CPython's own tokenize.
  /usr/bin/python3 bench/similarity.py [WORK_FOLDER [PAIRS]]
Files: sampled networks, modules of the standard library and of torch, and changed copies of them, many of which are no
Python any more: tabs, form feeds, \\r\\n, byte order marks, cut off anywhere, open strings, continued lines, nested f-strings,
identifiers and errors beyond ASCII. The reference takes the tokens that tokenize yields before it raises. Needs numpy."""
import glob, hashlib, io, json, os, random, re, struct, subprocess, sys, tempfile, time, tokenize

import numpy as np

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NNGPT = ["dotnet", os.path.join(ROOT, "src/Programs/NnGpt.Cli/bin/Release/net10.0/nngpt.dll")]
TAU, SHINGLE, PERMUTATIONS = 0.90, 10, 256
SKIP = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
PRIME = (1 << 61) - 1
RANDOM = np.random.RandomState(1)
A, B = RANDOM.randint(1, PRIME, PERMUTATIONS, dtype=np.uint64), RANDOM.randint(0, PRIME, PERMUTATIONS, dtype=np.uint64)
INSERTED = list("'\"\\#()[]{}\n\t .0123_eEjxX?$!:=rbuf@") + ["é", "€", "\u00a0", "²", "🙂", "\f", "'''", '"""', "\\\n", "\r\n", "f'{x!r:{w}}'", "f\"{f'{a}'}\"", "ünit = λ", "0b12", "1__0", "\0"]


def change(text, rng):
    """A copy as models and people make them; or, half of the time, a broken one."""
    kind = rng.randrange(14)
    lines = text.split("\n")
    if kind == 0:
        return text.replace("    ", "\t")
    if kind == 1:
        return text.replace("\n", "\r\n")
    if kind == 2:
        return "\ufeff" + text
    if kind == 3:
        return text[: rng.randrange(len(text) // 2, len(text))]
    if kind == 4:
        return "\n".join(line if rng.random() < 0.9 else line + "  # " + rng.choice(["note", "größer", "漢字"]) for line in lines)
    if kind == 5:
        return re.sub(r"\b\d+\b", lambda m: str(rng.randrange(512)) if rng.random() < 0.05 else m.group(), text)
    if kind == 6:
        name = rng.choice(re.findall(r"[A-Za-z_]\w+", text) or ["x"])
        return re.sub(rf"\b{name}\b", rng.choice(["renamed", "größe", "x"]), text)
    if kind == 7:
        for _ in range(rng.randrange(1, 4)):
            del lines[rng.randrange(len(lines))]
        return "\n".join(lines) or "x = 1\n"
    if kind == 8:
        return re.sub(r" = ", lambda m: " = \\\n    " if rng.random() < 0.1 else m.group(), text)
    for _ in range(rng.randrange(1, 6)):
        at = rng.randrange(len(text))
        text = text[:at] + rng.choice(INSERTED) + text[at + rng.randrange(3):]
    return text


def texts(rng, work):
    sampled = os.path.join(work, "sampled.jsonl")
    subprocess.run([*NNGPT, "model", "train", "--corpus-only", sampled, "--documents", "150", "--seed", "5"], check=True, stdout=subprocess.DEVNULL)
    originals = [json.loads(line)["source"] for line in open(sampled, encoding="utf-8")]
    library = sorted(glob.glob("/usr/lib/python3.11/*.py"))[:60] + sorted(glob.glob("/usr/lib/python3/dist-packages/torch/nn/**/*.py", recursive=True))[:60]
    originals += [open(p, encoding="utf-8").read() for p in library if 200 < os.path.getsize(p) < 40_000]
    return originals + [change(rng.choice(originals), rng) for _ in range(2 * len(originals))]


def shingles(data):
    """Of a file's bytes; None when it has no token. The second value: whether tokenize raised."""
    tokens, raised = [], False
    reader = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig")
    try:
        for token in tokenize.generate_tokens(reader.readline):
            if token.type not in SKIP:
                tokens.append(token.string)
    except (tokenize.TokenError, IndentationError):
        raised = True
    grams = {"\0".join(tokens[i:i + SHINGLE]) for i in range(max(1, len(tokens) - SHINGLE + 1))} if tokens else None
    return grams, raised


def sign(grams):
    hashes = np.array([struct.unpack("<I", hashlib.sha1(g.encode("utf8")).digest()[:4])[0] for g in grams], dtype=np.uint64)
    return ((np.outer(hashes, A) + B) % np.uint64(PRIME) & np.uint64(0xFFFFFFFF)).min(axis=0)


def jaccard(a, b):
    common = len(a & b)
    return common / (len(a) + len(b) - common)


def main():
    work = sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="nngpt-similarity-")
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    rng = random.Random(2)
    folder, out = os.path.join(work, "files"), os.path.join(work, "out")
    os.makedirs(folder, exist_ok=True)
    names = []
    for number, text in enumerate(texts(rng, work)):
        names.append(f"{number:04}.py")
        with open(os.path.join(folder, names[-1]), "wb") as file:
            file.write(text.encode("utf-8"))
    data = {name: open(os.path.join(folder, name), "rb").read() for name in names}
    read = {name: shingles(data[name]) for name in names}
    sets = {name: grams for name, (grams, _) in read.items() if grams}
    signatures = {name: sign(grams) for name, grams in sets.items()}
    print(f"{len(names)} files, {sum(raised for _, raised in read.values())} of which tokenize raises on, {len(names) - len(sets)} without a token")

    answer = json.loads(subprocess.run([*NNGPT, "corpus", "dedup", folder, "--out", out, "--output", "json"], check=True, stdout=subprocess.PIPE).stdout)
    print("dedup:", json.dumps(answer))
    kept = {json.loads(line)["id"] for line in open(os.path.join(out, "corpus.jsonl"), encoding="utf-8")}
    dropped = {r["id"]: r for r in map(json.loads, open(os.path.join(out, "dropped.jsonl"), encoding="utf-8"))}
    worst = max((abs(r["jaccard"] - jaccard(sets[i], sets[r["duplicate_of"]])) for i, r in dropped.items()), default=0)
    print(f"jaccard of {len(dropped)} dropped files: differs by at most {worst:.2g}")

    # Every pair of kept files must be no near-duplicate, every dropped file one of what it names; by the exact similarity,
    # and by the reference's estimate away from tau.
    pairs = [(i, j) for i in sorted(kept) for j in sorted(kept) if i < j and len(sets[i] & sets[j]) > 0]
    pairs = [(i, j, False) for i, j in pairs] + [(i, r["duplicate_of"], True) for i, r in dropped.items()]
    exact = sum((jaccard(sets[i], sets[j]) > TAU) == near for i, j, near in pairs)
    away = [(i, j, near) for i, j, near in pairs if abs(jaccard(sets[i], sets[j]) - TAU) > 0.075]
    estimated = sum(((signatures[i] == signatures[j]).mean() > TAU) == near for i, j, near in away)
    print(f"decisions: {exact} of {len(pairs)} as by the exact similarity; {estimated} of {len(away)} away from tau as by the reference's estimate")

    related = [(i, r["duplicate_of"]) for i, r in dropped.items()] + [(i, j) for i, j, near in pairs if not near and jaccard(sets[i], sets[j]) > 0.4]
    chosen = rng.sample(related, min(count, len(related)))
    worst, error, wrong, start = 0, 0, 0, time.time()
    for i, j in chosen:
        answer = json.loads(subprocess.run([*NNGPT, "novelty", "similarity", i, j, "--output", "json"], cwd=folder, check=True, stdout=subprocess.PIPE).stdout)
        expected = jaccard(sets[i], sets[j])
        worst = max(worst, abs(answer["jaccard"] - expected))
        error = max(error, abs(answer["jaccard_estimate"] - expected))
        wrong += answer["near_duplicate"] != (expected > TAU)
    print(f"similarity of {len(chosen)} pairs: jaccard differs by at most {worst:.2g}, the estimate by {error:.3f}, {wrong} other decisions; "
          f"{(time.time() - start) / max(1, len(chosen)):.2f} s a call")


main()
