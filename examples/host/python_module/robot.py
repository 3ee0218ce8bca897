# mypy: no-warn-return-any
"""Made by serialtalk-python from interfaces in Rust, with which it has to agree: make it anew
instead of changing it.

- `RobotClient` calls, `RobotServer` serves: What every robot of ours can do.
- `HostClient` calls, `HostServer` serves: What a robot may ask of its host.

Both work with a SerialTalk that they are given: of the package `serialtalk`, or of
`serialtalk_peer`.
"""

import struct

try:
    from typing import Any, Tuple
except ImportError:
    pass  # MicroPython, which does not look at hints.


class CallError(Exception):
    """A call of `command` that brought no value; `text` says why."""

    def __init__(self, command: str, text: str, value: Any = None) -> None:
        super().__init__("%s: %s" % (command, text))
        self.command = command
        self.text = text
        self.value = value


class NoReply(CallError):
    """Nothing came in time, or nothing that could be read."""


class BadReply(CallError):
    """What came is not a value of this command."""


class Refused(CallError):
    """The other end said no."""


class Failed(Refused):
    """The other end said no by an error of the command's own, which is `value`."""


class _Client:
    def __init__(self, st: Any) -> None:
        self._st = st

    def _call(self, name: str, returns: str, *what: Any, timeout: int = 0) -> Any:
        """The value of a command, which comes under the format `returns`."""
        _check(what)
        usual = self._st.timeout
        self._st.timeout = timeout or usual
        try:
            reply, value = self._st.call(name, *what)
            while reply not in (name + "ack", name + "err", "err"):
                # A reply to an earlier call that was given up.
                reply, value = self._st.receive_command()
        finally:
            self._st.timeout = usual
        if reply == "err":
            raise NoReply(name, "no reply: %s" % (value,))
        if reply == name + "ack":
            return _value(name, returns, value)
        if isinstance(value, tuple) and len(value) == 2:
            raise Failed(name, value[0], value[1])
        raise Refused(name, value if isinstance(value, str) else repr(value))

    def _send(self, name: str, *what: Any) -> None:
        """Sends a one-way command."""
        _check(what)
        if hasattr(self._st, "receive_command"):
            # The library `serialtalk` would take the reply for that to the next call.
            self._st.call(name, *what)
        else:
            self._st.send_command(name, *what)


class _Server:
    def _add(self, st: Any, name: str, returns: str, function: Any, *kinds: Any) -> None:
        """Adds a command; `kinds` are those of its arguments, if they do not come as they are."""

        def command(*values: Any) -> Any:
            value = function(*(_arguments(values, kinds) if kinds else values))
            if returns in ("raw", "post"):
                return _bytes(value)
            if returns in ("", "repr"):
                return value
            if isinstance(value, str):
                value = _bytes(value, struct.calcsize(returns))
            values = tuple(value) if isinstance(value, (tuple, list)) else (value,)
            _check((returns,) + values)
            return values

        # What travels as postcard goes as raw bytes, for Python cannot write its header.
        st.add_command(command, "raw" if returns == "post" else returns, name)


def _arguments(values: Any, kinds: Any) -> Any:
    """The arguments in `values`: by kind a tuple of so many, one as it is (None), or converted."""
    if kinds in ((_whole,), (_all,)):
        return (kinds[0](values),)
    counts = [kind if isinstance(kind, int) else 1 for kind in kinds]
    if sum(counts) != len(values):
        raise TypeError("takes %d values, %d came" % (sum(counts), len(values)))
    arguments = []
    at = 0
    for kind, count in zip(kinds, counts):
        taken = values[at : at + count]
        at += count
        if isinstance(kind, int):
            arguments.append(taken)
        else:
            arguments.append(kind(taken[0]) if kind else taken[0])
    return arguments


def _whole(values: Any) -> Any:
    """An only argument that may be a tuple, whose elements came as arguments then."""
    return values[0] if len(values) == 1 else values or None


def _all(values: Any) -> Any:
    """An only argument that is a tuple, whose elements came as arguments."""
    return values


def _value(name: str, returns: str, value: Any) -> Any:
    """The value of a reply, if it is one."""
    if returns == "":
        return None
    if returns == "repr":
        return value
    if returns == "raw":
        return _bytes(value)
    if returns == "post":
        return _payload(value)
    values = tuple(value) if isinstance(value, (tuple, list)) else (value,)
    if not _fit(returns, values):
        raise BadReply(name, "expected a value under %s, got %r" % (returns, value))
    return values[0] if len(values) == 1 else values


def _check(what: Any) -> None:
    """Raises if values do not fit their format. MicroPython would send something else for them."""
    if len(what) > 1 and what[0] not in ("repr", "raw") and not _fit(what[0], what[1:]):
        values = what[1:] if len(what) > 2 else what[1]
        raise ValueError("%r does not fit %s" % (values, what[0]))


def _fit(form: str, values: Any) -> bool:
    """Whether values come out of their format as they went in, but for the rounding of floats."""
    try:
        packed = struct.unpack(form, struct.pack(form, *values))
    except Exception:
        return False
    for a, b in zip(values, packed):
        if a != b and not isinstance(b, float):
            return False
    return len(values) == len(packed)


def _bytes(value: Any, size: int = 0) -> bytes:
    """Bytes, of text or of the int that SerialTalk makes of a single one; filled up to a size."""
    if isinstance(value, str):
        value = bytes(value, "utf8")
    data = bytes((value,)) if isinstance(value, int) else bytes(value)
    return data + b"\x00" * (size - len(data))


def _text(value: Any) -> str:
    """Text that came as bytes, filled up by zeros."""
    return value if isinstance(value, str) else str(_bytes(value).rstrip(b"\x00"), "utf8")


def _payload(value: Any) -> bytes:
    """Postcard without its header."""
    value = _bytes(value)
    return value[len(_POST) :] if value[: len(_POST)] == _POST else value


_POST = b"\x04post"


class RobotClient(_Client):
    """What every robot of ours can do.

    Each method calls the command of that name at the other end of the SerialTalk that this is
    made of.
    """

    def mult(self, a: float, b: float) -> float:
        """Product of two numbers.

        In Rust `mult(a: f32, b: f32) -> f32`; travels as `2f`, its value as `f`.
        """
        return self._call("mult", "f", "2f", a, b)

    def imu(self) -> Tuple[float, float, float]:
        """Acceleration in m/s².

        In Rust `imu() -> Imu`; its value travels as `3f`. `Imu` is a tuple of all its values
        here, one after the other.
        """
        return self._call("imu", "3f")

    def led(self, hue: int) -> None:
        """Lights the lamp in a colour: its hue in degrees.

        In Rust `led(hue: u16)`; travels as `H`.
        """
        self._call("led", "", "H", hue)

    def name(self) -> str:
        """What the robot is called.

        In Rust `name() -> String<16>`; its value travels as a literal.
        """
        return self._call("name", "repr")

    def set_color(self, rgb: bytes) -> None:
        """Lights the lamp in a colour: red, green and blue.

        In Rust `set_color(rgb: Vec<u8, 3>)`, on the wire `set color`; travels as a literal.
        """
        self._call("set color", "", "repr", rgb)

    def echo64(self, bytes_: bytes) -> bytes:
        """Sends 64 bytes back.

        In Rust `echo64(bytes: [u8; 64]) -> [u8; 64]`; travels as `64s` both ways.
        """
        return self._call("echo64", "64s", "64s", bytes_)

    def calibrate(self) -> Tuple[float, float, float]:
        """Finds out what the sensors show when nothing moves.

        In Rust `calibrate() -> Result<Imu, CalibrationError>`; its value travels as `3f`.
        `Imu` is a tuple of all its values here, one after the other. Callers wait 5000 ms for
        the reply. Doing it twice is the same as doing it once. Where Rust returns an `Err`,
        this raises `Failed`, whose `value` is the literal of `CalibrationError`.
        """
        return self._call("calibrate", "3f", timeout=5000)

    def show(self, text: str) -> None:
        """Shows a text on the robot's display, if it has one.

        In Rust `show(text: &str)`; travels as a literal. One-way: nobody waits for it, and it
        brings no error.
        """
        self._send("show", "repr", text)


class RobotServer(_Server):
    """What every robot of ours can do.

    Inherit from it and write the methods; `register` adds them to a SerialTalk. To refuse,
    raise any exception: the caller gets its text.
    """

    def register(self, st: Any) -> None:
        """Adds the commands to a SerialTalk."""
        self._add(st, "mult", "f", self.mult)
        self._add(st, "imu", "3f", self.imu)
        self._add(st, "led", "", self.led)
        self._add(st, "name", "repr", self.name)
        self._add(st, "set color", "", self.set_color)
        self._add(st, "echo64", "64s", self.echo64)
        self._add(st, "calibrate", "3f", self.calibrate)
        self._add(st, "show", "", self.show)

    def mult(self, a: float, b: float) -> float:
        """Product of two numbers.

        In Rust `mult(a: f32, b: f32) -> f32`; travels as `2f`, its value as `f`.
        """
        raise NotImplementedError("RobotServer.mult is not implemented: override it")

    def imu(self) -> Tuple[float, float, float]:
        """Acceleration in m/s².

        In Rust `imu() -> Imu`; its value travels as `3f`. `Imu` is a tuple of all its values
        here, one after the other.
        """
        raise NotImplementedError("RobotServer.imu is not implemented: override it")

    def led(self, hue: int) -> None:
        """Lights the lamp in a colour: its hue in degrees.

        In Rust `led(hue: u16)`; travels as `H`.
        """
        raise NotImplementedError("RobotServer.led is not implemented: override it")

    def name(self) -> str:
        """What the robot is called.

        In Rust `name() -> String<16>`; its value travels as a literal.
        """
        raise NotImplementedError("RobotServer.name is not implemented: override it")

    def set_color(self, rgb: bytes) -> None:
        """Lights the lamp in a colour: red, green and blue.

        In Rust `set_color(rgb: Vec<u8, 3>)`, on the wire `set color`; travels as a literal.
        """
        raise NotImplementedError("RobotServer.set_color is not implemented: override it")

    def echo64(self, bytes_: bytes) -> bytes:
        """Sends 64 bytes back.

        In Rust `echo64(bytes: [u8; 64]) -> [u8; 64]`; travels as `64s` both ways.
        """
        raise NotImplementedError("RobotServer.echo64 is not implemented: override it")

    def calibrate(self) -> Tuple[float, float, float]:
        """Finds out what the sensors show when nothing moves.

        In Rust `calibrate() -> Result<Imu, CalibrationError>`; its value travels as `3f`.
        `Imu` is a tuple of all its values here, one after the other. Callers wait 5000 ms for
        the reply. Doing it twice is the same as doing it once. Python can refuse, but cannot
        send a `CalibrationError`.
        """
        raise NotImplementedError("RobotServer.calibrate is not implemented: override it")

    def show(self, text: str) -> None:
        """Shows a text on the robot's display, if it has one.

        In Rust `show(text: &str)`; travels as a literal. One-way: nobody waits for it, and it
        brings no error.
        """
        raise NotImplementedError("RobotServer.show is not implemented: override it")


class HostClient(_Client):
    """What a robot may ask of its host.

    Each method calls the command of that name at the other end of the SerialTalk that this is
    made of.
    """

    def log(self, line: str) -> None:
        """Takes a line for the log.

        In Rust `log(line: &str)`; travels as a literal. One-way: nobody waits for it, and it
        brings no error.
        """
        self._send("log", "repr", line)

    def uptime(self) -> int:
        """Milliseconds since the host was started.

        In Rust `uptime() -> u32`; its value travels as `I`.
        """
        return self._call("uptime", "I")


class HostServer(_Server):
    """What a robot may ask of its host.

    Inherit from it and write the methods; `register` adds them to a SerialTalk. To refuse,
    raise any exception: the caller gets its text.
    """

    def register(self, st: Any) -> None:
        """Adds the commands to a SerialTalk."""
        self._add(st, "log", "", self.log)
        self._add(st, "uptime", "I", self.uptime)

    def log(self, line: str) -> None:
        """Takes a line for the log.

        In Rust `log(line: &str)`; travels as a literal. One-way: nobody waits for it, and it
        brings no error.
        """
        raise NotImplementedError("HostServer.log is not implemented: override it")

    def uptime(self) -> int:
        """Milliseconds since the host was started.

        In Rust `uptime() -> u32`; its value travels as `I`.
        """
        raise NotImplementedError("HostServer.uptime is not implemented: override it")
