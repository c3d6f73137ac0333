class _Stream:
    encoding = "utf-8"
    closed = False

    def __init__(self, name, shown):
        self.name, self._shown = name, shown

    def write(self, s):
        if not isinstance(s, str):
            raise TypeError(f"write() argument must be str, not {type(s).__name__}")
        if self._shown:
            print(s, end="")
        return len(s)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def isatty(self):
        return False

    def fileno(self):
        return 1


stdout = __stdout__ = _Stream("<stdout>", True)
stderr = __stderr__ = _Stream("<stderr>", False)
