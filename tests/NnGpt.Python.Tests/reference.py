"""Runs each section ("#: name") of the given files and prints one JSON line a section: what it printed and raised."""
import contextlib, io, json, sys, traceback, warnings

warnings.simplefilter("ignore")


def sections(path):
    name, lines = None, []
    for line in open(path, encoding="utf-8").read().split("\n"):
        if line.startswith("#: "):
            if name is not None:
                yield name, "\n".join(lines)
            name, lines = line[3:], []
        else:
            lines.append(line)
    yield name, "\n".join(lines)


for path in sys.argv[1:]:
    for name, source in sections(path):
        out, error, line = io.StringIO(), None, 0
        try:
            code = compile(source, "snippet", "exec", dont_inherit=True)
            with contextlib.redirect_stdout(out):
                exec(code, {"__name__": "snippet"})
        except BaseException as e:
            if isinstance(e, SyntaxError):
                error, line = f"{type(e).__name__}: {e.msg}", e.lineno or 0
            else:
                error = "".join(traceback.format_exception_only(type(e), e)).strip()
                line = [f for f in traceback.extract_tb(e.__traceback__) if f.filename == "snippet"][-1].lineno
        print(json.dumps({"name": name, "output": out.getvalue(), "error": error, "line": line}))
