"""Literals; there are no syntax trees."""
import json as _json
import re as _re


def literal_eval(node_or_string):
    return _Literals(node_or_string.lstrip(" \t")).whole()


class _Literals:
    _token = _re.compile(r"\s*(?:(0[xXoObB]\w+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|('(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\")|([A-Za-z_]\w*)|(.))")

    def __init__(self, text):
        self.tokens = [m.groups() for m in self._token.finditer(text.rstrip())]
        self.at = 0

    def fail(self):
        raise ValueError("malformed node or string")

    def peek(self):
        return self.tokens[self.at][3] if self.at < len(self.tokens) else None

    def take(self, symbol):
        found = self.peek() == symbol
        self.at += found
        return found

    def whole(self):
        return self.items(None) if self.tokens else self.fail()

    def items(self, closing):
        values, commas = [], 0
        while not (self.peek() == closing if closing else self.at == len(self.tokens)):
            if values and commas < len(values):
                self.fail()
            values.append(self.value())
            commas += self.take(",")
        if closing:
            self.at += 1
        return values[0] if len(values) == 1 and not commas else tuple(values)

    def value(self):
        if self.at >= len(self.tokens):
            raise SyntaxError("invalid syntax")
        number, text, name, symbol = self.tokens[self.at]
        self.at += 1
        if number:
            return int(number, 0) if _re.fullmatch(r"0[xXoObB]\w+|[\d_]+", number) else float(number)
        if text:
            inner = text[1:-1] if text[0] == '"' else text[1:-1].replace("\\'", "'").replace('"', '\\"')
            return _json.loads(f'"{inner}"')
        if name in ("None", "True", "False"):
            return {"None": None, "True": True, "False": False}[name]
        if symbol in ("-", "+"):
            value = self.value()
            return -value if symbol == "-" else value
        if symbol == "(":
            return self.items(")")
        if symbol == "[":
            values = []
            while not self.take("]"):
                values.append(self.value())
                if not self.take(",") and self.peek() != "]":
                    self.fail()
            return values
        if symbol == "{":
            pairs, values = {}, []
            while not self.take("}"):
                key = self.value()
                if self.take(":"):
                    pairs[key] = self.value()
                else:
                    values.append(key)
                if not self.take(",") and self.peek() != "}":
                    self.fail()
            return set(values) if values else pairs
        self.fail()
