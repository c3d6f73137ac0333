"""Dates and times of a clock that stands still."""
_days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def _leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _month(year, month):
    return 29 if month == 2 and _leap(year) else _days[month - 1]


def _ordinal(year, month, day):
    before = year - 1
    return before * 365 + before // 4 - before // 100 + before // 400 + sum(_month(year, m) for m in range(1, month)) + day


def _date_of(ordinal):
    year = max(1, ordinal * 400 // 146097)
    while _ordinal(year + 1, 1, 1) <= ordinal:
        year += 1
    while _ordinal(year, 1, 1) > ordinal:
        year -= 1
    month, rest = 1, ordinal - _ordinal(year, 1, 1)
    while rest >= _month(year, month):
        rest -= _month(year, month)
        month += 1
    return year, month, rest + 1


class timedelta:
    def __init__(self, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        total = round((((days + weeks * 7) * 24 + hours) * 60 + minutes) * 60 * 1000000
                      + seconds * 1000000 + milliseconds * 1000 + microseconds)
        self._total = total
        self.days, rest = divmod(total, 86400 * 1000000)
        self.seconds, self.microseconds = divmod(rest, 1000000)

    def total_seconds(self):
        return self._total / 1000000

    def _of(total):
        return timedelta(microseconds=total)

    def __add__(self, other):
        return timedelta._of(self._total + other._total) if isinstance(other, timedelta) else NotImplemented

    def __sub__(self, other):
        return timedelta._of(self._total - other._total) if isinstance(other, timedelta) else NotImplemented

    def __mul__(self, other):
        return timedelta._of(round(self._total * other))

    __rmul__ = __mul__

    def __truediv__(self, other):
        return self._total / other._total if isinstance(other, timedelta) else timedelta._of(round(self._total / other))

    def __neg__(self):
        return timedelta._of(-self._total)

    def __eq__(self, other):
        return self._total == other._total if isinstance(other, timedelta) else NotImplemented

    def __lt__(self, other):
        return self._total < other._total

    def __le__(self, other):
        return self._total <= other._total

    def __hash__(self):
        return hash(self._total)

    def __bool__(self):
        return self._total != 0

    def __str__(self):
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        text = f"{hours}:{minutes:02d}:{seconds:02d}" + (f".{self.microseconds:06d}" if self.microseconds else "")
        return f"{self.days} day{'' if abs(self.days) == 1 else 's'}, {text}" if self.days else text

    def __repr__(self):
        names = ("days", "seconds", "microseconds")
        parts = [f"{name}={getattr(self, name)}" for name in names if getattr(self, name)]
        return f"datetime.timedelta({', '.join(parts) or '0'})"


class timezone:
    def __init__(self, offset, name=None):
        self._offset, self._name = offset, name

    def __str__(self):
        return self._name or "UTC"


timezone.utc = timezone(timedelta(0))
UTC = timezone.utc


class date:
    def __init__(self, year, month, day):
        if not 1 <= month <= 12:
            raise ValueError("month must be in 1..12")
        if not 1 <= day <= _month(year, month):
            raise ValueError("day is out of range for month")
        self.year, self.month, self.day = year, month, day

    @classmethod
    def today(cls):
        return cls(2023, 11, 14)

    @classmethod
    def fromordinal(cls, n):
        return cls(*_date_of(n))

    def toordinal(self):
        return _ordinal(self.year, self.month, self.day)

    def weekday(self):
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        return self.weekday() + 1

    def _key(self):
        return self.year, self.month, self.day

    def isoformat(self):
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    def replace(self, **kwargs):
        names = ("year", "month", "day")
        return date(*(kwargs.get(name, getattr(self, name)) for name in names))

    def strftime(self, format):
        return _strftime(self, format)

    __format__ = lambda self, spec: self.strftime(spec) if spec else str(self)

    def __str__(self):
        return self.isoformat()

    def __repr__(self):
        return f"datetime.date({self.year}, {self.month}, {self.day})"

    def __eq__(self, other):
        return self._key() == other._key() if type(other) is type(self) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key()

    def __le__(self, other):
        return self._key() <= other._key()

    def __hash__(self):
        return hash(self._key())

    def __add__(self, other):
        return date.fromordinal(self.toordinal() + other.days)

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return date.fromordinal(self.toordinal() - other.days)
        return timedelta(self.toordinal() - other.toordinal())


class datetime(date):
    def __init__(self, year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None):
        super().__init__(year, month, day)
        self.hour, self.minute, self.second, self.microsecond, self.tzinfo = hour, minute, second, microsecond, tzinfo

    @classmethod
    def now(cls, tz=None):
        return cls(2023, 11, 14, 22, 13, 20, 0, tz)

    @classmethod
    def utcnow(cls):
        return cls.now()

    today = utcnow

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        return cls(1970, 1, 1, tzinfo=tz) + timedelta(seconds=timestamp)

    utcfromtimestamp = fromtimestamp

    def timestamp(self):
        return (self - datetime(1970, 1, 1)).total_seconds()

    def date(self):
        return date(self.year, self.month, self.day)

    def _key(self):
        return self.year, self.month, self.day, self.hour, self.minute, self.second, self.microsecond

    def _micros(self):
        return ((self.toordinal() * 24 + self.hour) * 60 + self.minute) * 60000000 + self.second * 1000000 + self.microsecond

    def __add__(self, other):
        days, rest = divmod(self._micros() + other._total, 86400000000)
        seconds, micro = divmod(rest, 1000000)
        return datetime(*_date_of(days), seconds // 3600, seconds // 60 % 60, seconds % 60, micro, self.tzinfo)

    def __sub__(self, other):
        return self + -other if isinstance(other, timedelta) else timedelta(microseconds=self._micros() - other._micros())

    def isoformat(self, sep="T", timespec="auto"):
        text = f"{super().isoformat()}{sep}{self.hour:02d}:{self.minute:02d}:{self.second:02d}"
        return text + (f".{self.microsecond:06d}" if self.microsecond else "") + ("+00:00" if self.tzinfo else "")

    def __str__(self):
        return self.isoformat(" ")

    def __repr__(self):
        last = 7 if self.microsecond else 6 if self.second else 5
        return f"datetime.datetime({', '.join(map(str, self._key()[:last]))})"


_weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


def _strftime(value, format):
    hour, minute, second = (getattr(value, name, 0) for name in ("hour", "minute", "second"))
    fields = {
        "Y": f"{value.year:04d}", "y": f"{value.year % 100:02d}", "m": f"{value.month:02d}", "d": f"{value.day:02d}",
        "H": f"{hour:02d}", "M": f"{minute:02d}", "S": f"{second:02d}", "I": f"{(hour - 1) % 12 + 1:02d}",
        "p": "AM" if hour < 12 else "PM", "f": f"{getattr(value, 'microsecond', 0):06d}",
        "A": _weekdays[value.weekday()], "a": _weekdays[value.weekday()][:3],
        "B": _months[value.month - 1], "b": _months[value.month - 1][:3],
        "j": f"{value.toordinal() - _ordinal(value.year, 1, 1) + 1:03d}", "%": "%", "Z": "", "z": "",
    }
    parts, i = [], 0
    while i < len(format):
        if format[i] == "%" and i + 1 < len(format) and format[i + 1] in fields:
            parts.append(fields[format[i + 1]])
            i += 2
        else:
            parts.append(format[i])
            i += 1
    return "".join(parts)


MINYEAR, MAXYEAR = 1, 9999
