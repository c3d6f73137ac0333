"""Prints the milliseconds of ast.parse and of compile (median of the rounds) for each file, one line a file."""
import ast, statistics, sys, time

rounds = int(sys.argv[1])


def milliseconds(action):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


for path in sys.argv[2:]:
    source = open(path, encoding="utf-8").read()
    print(milliseconds(lambda: ast.parse(source)), milliseconds(lambda: compile(source, path, "exec")), flush=True)
