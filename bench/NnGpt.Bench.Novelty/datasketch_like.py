"""datasketch's scheme with numpy over CPython's own tokenizer. Input: a JSON list of sources. Output: seconds of each part."""
import hashlib
import io
import json
import struct
import sys
import time
import tokenize

import numpy as np

SKIP = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
PRIME = np.uint64((1 << 61) - 1)
MASK = np.uint64((1 << 32) - 1)


def shingles(source):
    tokens = [t.string for t in tokenize.generate_tokens(io.StringIO(source).readline) if t.type not in SKIP]
    return {" ".join(tokens[i:i + 10]) for i in range(max(1, len(tokens) - 9))}


def sign(grams, a, b):
    # As update_batch: all shingles at once, a row each.
    hashes = np.array([struct.unpack("<I", hashlib.sha1(g.encode("utf8")).digest()[:4])[0] for g in grams], dtype=np.uint64)
    return (((hashes * np.tile(a, (len(hashes), 1)).T).T + b) % PRIME & MASK).min(axis=0)


def main():
    sources = json.load(sys.stdin)
    random = np.random.RandomState(1)
    a = random.randint(1, int(PRIME), 256, dtype=np.uint64)
    b = random.randint(0, int(PRIME), 256, dtype=np.uint64)
    start = time.process_time()
    sets = [shingles(s) for s in sources]
    middle = time.process_time()
    for grams in sets:
        sign(grams, a, b)
    end = time.process_time()
    json.dump({"tokenize": middle - start, "sign": end - middle}, sys.stdout)


main()
