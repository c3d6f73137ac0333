"""Streams in memory."""


class IOBase:
    closed = False

    def __enter__(self):
        return self

    def __exit__(self, type, value, traceback):
        self.close()

    def close(self):
        self.closed = True

    def flush(self):
        pass

    def readable(self):
        return True

    def writable(self):
        return True

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line


class _Memory(IOBase):
    def __init__(self, value, empty):
        self._value, self._at, self._end = value, 0, "\n" if empty == "" else b"\n"

    def getvalue(self):
        return self._value

    def write(self, s):
        self._value = self._value[:self._at] + s + self._value[self._at + len(s):]
        self._at += len(s)
        return len(s)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def read(self, size=-1):
        start = self._at
        self._at = len(self._value) if size is None or size < 0 else min(start + size, len(self._value))
        return self._value[start:self._at]

    def readline(self, size=-1):
        at = self._value.find(self._end, self._at)
        return self.read((at + 1 if at >= 0 else len(self._value)) - self._at)

    def readlines(self, hint=-1):
        return list(self)

    def seek(self, offset, whence=0):
        self._at = max(0, (0, self._at, len(self._value))[whence] + offset)
        return self._at

    def tell(self):
        return self._at

    def truncate(self, size=None):
        self._value = self._value[:self._at if size is None else size]
        return len(self._value)


class StringIO(_Memory):
    def __init__(self, initial_value="", newline="\n"):
        super().__init__(initial_value or "", "")


class BytesIO(_Memory):
    def __init__(self, initial_bytes=b""):
        super().__init__(initial_bytes or b"", b"")

    def getbuffer(self):
        return self._value


def open(file, *args, **kwargs):
    raise FileNotFoundError(2, f"No such file or directory: {file!r}")
