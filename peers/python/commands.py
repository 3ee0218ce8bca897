"""The commands that the peers serve: every kind of format, of reply and of failure."""

import sys
import time

from device import Closed

MODULES = __file__.rsplit("/", 1)[0] + "/modules"


class Commands:
    """Adds the commands to `st`, a SerialTalk."""

    def __init__(self, st):
        self.st = st
        self.hue = 0
        self.notes = []
        self.served = 0
        self.silent = 0
        sys.path.append(MODULES)
        for function, returns, name in (
            (self.mult, "f", "mult"),
            (self.imu, "3f", "imu"),
            (self.led, "", "led"),
            (self.get_hue, "H", "get_hue"),
            (self.get_name, "repr", "get_name"),
            (self.get_state, "repr", "get_state"),
            (self.note, "", "note"),
            (self.get_notes, "repr", "get_notes"),
            (same, "repr", "same"),
            (same, "raw", "same raw"),
            (self.count, "q", "count"),
            (self.evaluate, "repr", "evaluate"),
            (self.declare, "", "declare"),
            (self.fail, "repr", "fail"),
            (lambda: 300, "B", "too_big"),
            (lambda: "text", "i", "wrong_type"),
            (lambda: (1, 2, 3), "2b", "too_many"),
            (self.by_kind, "repr", "by_kind"),
            (self.slow, "I", "slow"),
            (self.fill, "repr", "fill"),
            (self.fill_raw, "raw", "fill_raw"),
            (self.noise, "B", "noise"),
            (self.mute, "", "mute"),
            (self.crash, "", "crash"),
            (self.call_back, "repr", "call_back"),
            (self.stop, "", "stop"),
        ):
            st.add_command(function, returns, name)
        for code in "x c b B ? h H i I l L q Q n N e f d s p P 5s 3h bi <bi >bi =bi !d ihh 2f".split():
            st.add_command(same, code, "as " + code)
        self.stopped = False

    def process(self):
        """Waits for one command until the timeout of SerialTalk; returns whether one arrived and was answered."""
        try:
            received = self.st.receive_command()
            if received[0] == "err":
                return False
            if self.silent:
                self.silent -= 1
                return False
            self.st.reply_command(*received)
        except Closed:
            return False
        except Exception as error:
            # For some frames and replies SerialTalk itself raises, which would end the server.
            print("raised", repr(error))
        except SystemExit:
            return False
        self.served += 1
        return True

    # Formats

    def mult(self, a, b):
        return a * b

    def imu(self):
        return (0.0, 0.125, 9.75)

    def led(self, hue):
        self.hue = hue

    def get_hue(self):
        return self.hue

    def get_name(self):
        return sys.implementation.name

    def get_state(self):
        return {"hue": self.hue, "notes": self.notes, "served": self.served}

    def note(self, *what):
        self.notes.append(what)

    def get_notes(self):
        return self.notes

    def count(self, n=None):
        return self.served if n is None else n + 1

    # Set by a test at run time

    def evaluate(self, source):
        """Evaluates an expression, in which `st` is the SerialTalk and `self` these commands."""
        return evaluate(source, {"st": self.st, "self": self})

    def declare(self, name, returns, source="a"):
        """Adds a command `name` that returns the value of `source`, in which `a` is the tuple of its arguments."""
        self.st.add_command(lambda *a: evaluate(source, {"a": a, "st": self.st, "self": self}), returns, name)

    # Failures

    def fail(self, text="on purpose"):
        raise ValueError(text)

    def by_kind(self, kind):
        return {
            "none": None,
            "bool": True,
            "int": -7,
            "float": 1.5,
            "str": 'it\'s "ok"\n',
            "bytes": b"\x00<>\xff",
            "tuple": (1, "two", 3.0),
            "list": [1, [2, [3]]],
            "dict": {"a": 1},
            "nested": ({"k": (1, [2, {"deep": b"x"}])}, None),
        }[kind]

    def slow(self, ms):
        time.sleep(ms / 1000)
        return ms

    def fill(self, size):
        """Returns a text of `size` characters."""
        return "x" * size

    def fill_raw(self, size):
        return bytes(i & 255 for i in range(size))

    def noise(self, data):
        """Writes bytes to the line, outside any frame, before the reply."""
        self.st.serial.write(data)
        return len(data)

    def mute(self, commands):
        """Stops answering for the next `commands` commands."""
        self.silent = commands

    def crash(self):
        """Behaves like a board whose main loop has raised: writes a traceback to the line, then stops answering."""
        self.st.serial.write(
            b'Traceback (most recent call last):\r\n  File "main.py", line 12, in <module>\r\n'
            b"ImportError: no module named 'motors'\r\n"
        )
        self.silent = 1 << 30
        raise SystemExit()

    def call_back(self, name, *arguments):
        """Calls `name` on the caller, which is waiting for this reply; returns the reply of that call."""
        return self.st.call(name, *arguments)

    def stop(self):
        self.stopped = True


def same(*arguments):
    return arguments[0] if len(arguments) == 1 else arguments


def evaluate(source, names):
    if isinstance(source, bytes):
        source = source.decode()
    import collections

    for name in ("OrderedDict", "namedtuple", "deque"):
        names[name] = getattr(collections, name)
    import array

    names["array"] = array.array
    return eval(source, names)
