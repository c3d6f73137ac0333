"""PyTorch's verdict on files, in one of three ways of running them.

judge.py fresh LEARN_STEPS FILE     this process judges the file and ends
judge.py forked LEARN_STEPS         for every line (a path): a child of this warm process judges the file
judge.py warm LEARN_STEPS           for every line: this process judges the file
"""
import argparse
import os
import sys

import reference


def judge(path, learn_steps):
    options = argparse.Namespace(contract="lemur", in_shape=[2, 3, 32, 32], classes=10, seed=0,
                                 learn_steps=learn_steps, in_dtype="float32", vocab=10)
    report = {}
    output, sys.stdout = sys.stdout, sys.stderr
    try:
        reference.run(path, options, report)
        return "valid"
    except BaseException as error:
        return type(error).__name__
    finally:
        sys.stdout = output


def main():
    mode, learn_steps = sys.argv[1], int(sys.argv[2])
    if mode == "fresh":
        print(judge(sys.argv[3], learn_steps))
        return
    for line in sys.stdin:
        path = line.rstrip("\n")
        if mode == "warm":
            print(judge(path, learn_steps), flush=True)
            continue
        child = os.fork()
        if child == 0:
            print(judge(path, learn_steps), flush=True)
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
