"""Implements the commands of the interface `Wide` of the tests, in a subclass of the generated class."""

from wide import Imu, Mode, SpareServer, WideServer


class Wide(WideServer):
    def __init__(self):
        self.heard = []

    def mult(self, a, b):
        return a * b

    def numbers(self, a, b, c):
        return a, b, c

    def invert(self, on):
        assert on in (True, False) and type(on) == bool
        return not on

    def imu(self):
        return (0.0, 0.125, 9.75)

    def mirror(self, imu):
        return Imu(-imu.x, -imu.y, -imu.z)

    def place(self, at, on, rgb):
        return at[0] + at[1] + sum(rgb) if on is True else 0

    def mode(self, mode):
        return Mode.Fast if mode == Mode.Fast else Mode.Off

    def reset(self):
        self.heard.append("reset")

    def greet(self, name):
        return "hello " + name

    def sums(self, numbers):
        return [sum(numbers), len(numbers)]

    def find(self, name, nth=None):
        return None if nth is None else (nth, name)

    def way(self, start):
        place, number = start
        return [(place, number), (place + "!", number + 1)]

    def state(self, state):
        return "Idle" if state == ("Moving", 3) else ("At", 1.5, [state])

    def counts(self, words):
        words["more"] = len(words)
        return words

    def maybe(self, at=None):
        return None if at is None else (at[1], at[0])

    def corners(self, names):
        return tuple(reversed(names))

    def reflect(self, bytes_):
        assert type(bytes_) == bytes
        return bytes_

    def shout(self, text):
        return text.upper()

    def widen(self, a, b):
        return a + b + 0.5

    def label(self, text):
        return text.upper()

    def labels(self, a, b):
        return a.number + b.number if a.text == "ab" else 0

    def set_color(self, rgb):
        self.heard.append(rgb)

    def pose(self, payload):
        # Postcard of a heading of -1, the place `a`, and a turn of 3, with zigzag integers.
        assert payload == b"\x01\x01\x01a\x06", payload
        return b"\x04\x01\x01a"

    def log(self, text):
        self.heard.append(text)

    def calibrate(self, fast):
        if fast:
            raise ValueError("too fast")
        return (1.0, 2.0, 3.0)

    def nap(self):
        return 7

    def patient(self):
        return 300

    def yield_(self, in_, self_):
        return in_ + self_

    def register_(self):
        return ", ".join(repr(heard) for heard in self.heard)

    def store(self, at, data):
        assert type(data) == bytes
        return at + len(data)

    def load(self, count):
        return bytes(range(count))

    def join(self, a, b):
        return a + b

    def invert_chunk(self, chunk):
        at, data = chunk
        return [65535 - at, bytes(255 - byte for byte in data)]

    def nest(self, nest):
        (number, lit), pair, mode = nest
        assert type(lit) == bool and nest.pair == pair
        return [number, not lit], list(reversed(pair)), mode

    def spots(self, spots):
        assert all([type(spot.lit) == bool for spot in spots])
        return list(reversed(spots))


class Spare(SpareServer):
    def spare_sum(self, numbers):
        return numbers[0] + numbers[1]


def add_commands(st):
    Spare().register(st)
