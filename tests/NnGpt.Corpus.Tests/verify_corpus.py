#!/usr/bin/python3
"""Checks sampled networks against PyTorch itself.

usage: verify_corpus.py FILE.jsonl [--train N] [--images 4096] [--against CORPUS.jsonl]

FILE has one {"family", "source"} object a line. Every network is instantiated for 28x28x1 and 32x32x3 images, runs
forward, and two learn steps. --train N also trains the first N for one epoch on Fashion-MNIST and prints the
held-out accuracy by family. --against looks every network up in a corpus: exact copies, and the Jaccard similarity
of 10-grams of Python tokens to the nearest network.
"""
import argparse
import collections
import gzip
import io
import json
import statistics
import time
import tokenize

import torch

PRM = {"lr": 0.01, "momentum": 0.9, "dropout": 0.2, "batch": 64}
FOLDER = "/usr/share/datasets/fashion-mnist"


def build(source, in_shape):
    scope = {"__name__": "candidate"}
    exec(compile(source, "candidate.py", "exec"), scope)
    assert {"lr", "momentum"} <= scope["supported_hyperparameters"]()
    torch.manual_seed(0)
    return scope["Net"](in_shape, (10,), PRM, torch.device("cpu"))


def check(source):
    """Returns the parameter counts, or raises what PyTorch raises."""
    counts = []
    for shape in [(64, 1, 28, 28), (64, 3, 32, 32)]:
        net = build(source, shape)
        counts.append(sum(p.numel() for p in net.parameters()))
        if counts[-1] > 500_000:
            raise ValueError("parameter budget: %d" % counts[-1])
        x = torch.randn(4, *shape[1:])
        y = net(x)
        if tuple(y.shape) != (4, 10):
            raise ValueError("output shape %s" % (tuple(y.shape),))
        net.train_setup(PRM)
        net.learn([(x, torch.tensor([0, 1, 2, 3]))] * 2)
    return counts


def fashion(images):
    def read(name, skip):
        with gzip.open("%s/%s.gz" % (FOLDER, name)) as f:
            return torch.frombuffer(bytearray(f.read()[skip:]), dtype=torch.uint8)
    x = (read("train-images-idx3-ubyte", 16).view(-1, 1, 28, 28)[: images + 2000].float() / 255 - 0.2860) / 0.3530
    y = read("train-labels-idx1-ubyte", 8)[: images + 2000].long()
    batches = [(x[i:i + 64], y[i:i + 64]) for i in range(0, images, 64)]
    return batches, x[images:], y[images:]


def shingles(source):
    skipped = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    tokens = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type not in skipped:
                tokens.append(token.string)
    except (tokenize.TokenError, IndentationError):
        pass
    return {hash(tuple(tokens[i:i + 10])) for i in range(len(tokens) - 9)}


def compare(documents, corpus):
    """Prints how near the documents are to a corpus."""
    sets = [shingles(document["source"]) for document in documents]
    where = collections.defaultdict(list)
    for i, members in enumerate(sets):
        for shingle in members:
            where[shingle].append(i)
    sources = set()
    nearest = [0.0] * len(sets)
    for line in open(corpus):
        source = json.loads(line)["source"]
        sources.add(source)
        members = shingles(source)
        shared = collections.Counter(i for shingle in members if shingle in where for i in where[shingle])
        for i, count in shared.items():
            nearest[i] = max(nearest[i], count / (len(sets[i]) + len(members) - count))
    copies = sum(document["source"] in sources for document in documents)
    ordered = sorted(nearest)
    print("against %d networks: %d exact copies, %d with Jaccard > 0.9; nearest: median %.2f, 90 %% below %.2f"
          % (len(sources), copies, sum(value > 0.9 for value in nearest), statistics.median(ordered),
             ordered[int(0.9 * (len(ordered) - 1))]))
    print("%d different texts among %d" % (len({document["source"] for document in documents}), len(documents)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--train", type=int, default=0)
    parser.add_argument("--images", type=int, default=4096)
    parser.add_argument("--against")
    options = parser.parse_args()
    torch.set_num_threads(1)
    documents = [json.loads(line) for line in open(options.file)]
    errors = collections.Counter()
    classes = collections.Counter()
    valid = []
    sizes = []
    for document in documents:
        try:
            sizes += check(document["source"])
            valid.append(document)
        except Exception as error:
            classes[type(error).__name__] += 1
            errors["%s: %s: %s" % (document["family"], type(error).__name__, str(error)[:90])] += 1
    bad = sum(errors.values())
    print("%d of %d valid" % (len(documents) - bad, len(documents)))
    if sizes:
        print("parameters: median %d, most %d" % (statistics.median(sizes), max(sizes)))
    if classes:
        print("by class: %s" % ", ".join("%s %d" % item for item in classes.most_common()))
    for text, count in errors.most_common(12):
        print("%5d %s" % (count, text))
    if options.against:
        compare(valid, options.against)
    if options.train == 0:
        return
    batches, x, y = fashion(options.images)
    scores = collections.defaultdict(list)
    times = []
    for document in valid[: options.train]:
        net = build(document["source"], (64, 1, 28, 28))
        net.train_setup(PRM)
        start = time.time()
        net.learn(batches)
        times.append((time.time() - start, document["family"]))
        net.eval()
        with torch.no_grad():
            correct = sum((net(x[i:i + 500]).argmax(1) == y[i:i + 500]).sum().item() for i in range(0, len(x), 500))
        scores[document["family"]].append(correct / len(x))
    everything = sorted(score for values in scores.values() for score in values)
    print("accuracy: mean %.3f, deciles %s" % (statistics.mean(everything), " ".join(
        "%.2f" % everything[int(q * (len(everything) - 1) / 10)] for q in range(11))))
    for family, values in sorted(scores.items()):
        print("  %-18s %3d  mean %.3f  best %.3f" % (family, len(values), statistics.mean(values), max(values)))
    print("learn seconds: mean %.2f, longest %s" % (
        statistics.mean(t for t, _ in times), ["%.1f %s" % t for t in sorted(times)[-5:]]))


main()
