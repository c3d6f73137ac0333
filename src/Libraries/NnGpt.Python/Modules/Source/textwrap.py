"""Indentation and filling of text."""


def dedent(text):
    lines = [line if line.strip() else "" for line in text.split("\n")]
    margin = None
    for line in lines:
        if not line:
            continue
        blanks = line[:len(line) - len(line.lstrip(" \t"))]
        if margin is None:
            margin = blanks
        while not blanks.startswith(margin):
            margin = margin[:-1]
    margin = margin or ""
    return "\n".join(line[len(margin):] if line else "" for line in lines)


def indent(text, prefix, predicate=None):
    keep = predicate or str.strip
    return "".join(prefix + line if keep(line) else line for line in text.splitlines(True))


def wrap(text, width=70, *, initial_indent="", subsequent_indent="", **options):
    lines, line = [], ""
    for word in text.split():
        start = initial_indent if not lines else subsequent_indent
        while word:
            room = width - len(start) - (len(line) + 1 if line else 0)
            if len(word) <= room:
                line = f"{line} {word}" if line else word
                break
            if line:
                lines.append(start + line)
                line = ""
            else:
                lines.append(start + word[:max(room, 1)])
                word = word[max(room, 1):]
            start = subsequent_indent
    if line:
        lines.append((subsequent_indent if lines else initial_indent) + line)
    return lines


def fill(text, width=70, **options):
    return "\n".join(wrap(text, width, **options))


def shorten(text, width, *, placeholder=" [...]", **options):
    words = text.split()
    line = " ".join(words)
    if len(line) <= width:
        return line
    while words and len(" ".join(words)) + len(placeholder) > width:
        words.pop()
    return " ".join(words) + placeholder if words else placeholder.lstrip()
