# mypy: no-warn-return-any
"""Made by serialtalk-python from interfaces in Rust, with which it has to agree: make it anew
instead of changing it.

- `WideClient` calls, `WideServer` serves: Every kind of command.
- `SpareClient` calls, `SpareServer` serves: What is off until it is asked for.

Both work with a SerialTalk that they are given: of the package `serialtalk`, or of
`serialtalk_peer`.
"""

import struct

try:
    from typing import Any, Dict, List, Optional, Tuple
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


class WideClient(_Client):
    """Every kind of command.

    Even "this" is `kept`, a \\ and \"\"\" too:

    - an item of a list that is so long that it has to go on in another line, because a line
      of the module that is made has at most a hundred characters.

    Each method calls the command of that name at the other end of the SerialTalk that this is
    made of.
    """

    def mult(self, a: float, b: float) -> float:
        """Product of two numbers.

        In Rust `mult(a: f32, b: f32) -> f32`; travels as `2f`, its value as `f`.
        """
        return self._call("mult", "f", "2f", a, b)

    def numbers(self, a: int, b: int, c: float) -> Tuple[int, int, float]:
        """Numbers that are not aligned.

        In Rust `numbers(a: i8, b: u64, c: f64) -> (i8, u64, f64)`; travels as `<bQd` both
        ways.
        """
        return self._call("numbers", "<bQd", "<bQd", a, b, c)

    def invert(self, on: bool) -> bool:
        """In Rust `invert(on: bool) -> bool`; travels as `B` both ways."""
        return bool(self._call("invert", "B", "B", on))

    def imu(self) -> Tuple[float, float, float]:
        """In Rust `imu() -> Imu`; its value travels as `3f`. `Imu` is a tuple of all its values
        here, one after the other.
        """
        return self._call("imu", "3f")

    def mirror(self, imu: Tuple[float, float, float]) -> Tuple[float, float, float]:
        """In Rust `mirror(imu: Imu) -> Imu`; travels as `3f` both ways. `Imu` is a tuple of all
        its values here, one after the other.
        """
        return self._call("mirror", "3f", "3f", *imu)

    def place(self, at: Tuple[int, int], on: bool, rgb: Tuple[int, int, int]) -> int:
        """In Rust `place(at: (i16, i16), on: bool, rgb: (u8, u8, u8)) -> i16`; travels as
        `2h4B`, its value as `h`.
        """
        return self._call("place", "h", "2h4B", *(tuple(at) + (on,) + tuple(rgb)))

    def mode(self, mode: int) -> int:
        """In Rust `mode(mode: Mode) -> Mode`; travels as `B` both ways."""
        return self._call("mode", "B", "B", mode)

    def reset(self) -> None:
        """In Rust `reset()`."""
        self._call("reset", "")

    def greet(self, name: str) -> str:
        """Greets.

        In Rust `greet(name: &str) -> String`; travels as a literal both ways.
        """
        return self._call("greet", "repr", "repr", name)

    def sums(self, numbers: List[int]) -> List[int]:
        """In Rust `sums(numbers: Vec<i32>) -> Vec<i64>`; travels as a literal both ways."""
        return self._call("sums", "repr", "repr", numbers)

    def find(self, name: str, nth: Optional[int] = None) -> Optional[Tuple[int, str]]:
        """In Rust `find(name: &str, nth: Option<u8>) -> Option<(u8, String)>`; travels as a
        literal both ways.
        """
        return self._call("find", "repr", "repr", name, nth)

    def way(self, start: Tuple[str, int]) -> List[Tuple[str, int]]:
        """In Rust `way(start: (String, i16)) -> Vec<(String, i16)>`; travels as a literal both
        ways.
        """
        return self._call("way", "repr", "repr", start)

    def state(self, state: Any) -> Any:
        """In Rust `state(state: State) -> State`; travels as a literal both ways. `State` is a
        literal, of which Python knows no more: a struct is a tuple of its fields, an enum the
        name of its variant, or a tuple of that and its fields.
        """
        return self._call("state", "repr", "repr", state)

    def counts(self, words: Dict[str, int]) -> Dict[str, int]:
        """In Rust `counts(words: BTreeMap<String, u8>) -> BTreeMap<String, u8>`; travels as a
        literal both ways.
        """
        return self._call("counts", "repr", "repr", words)

    def maybe(self, at: Optional[Tuple[int, int]] = None) -> Optional[Tuple[int, int]]:
        """In Rust `maybe(at: Option<(i16, i16)>) -> Option<(i16, i16)>`; travels as a literal
        both ways.
        """
        return self._call("maybe", "repr", "repr", at)

    def corners(self, names: Tuple[str, str]) -> Tuple[str, str]:
        """In Rust `corners(names: [String; 2]) -> [String; 2]`; travels as a literal both ways."""
        return self._call("corners", "repr", "repr", names)

    def reflect(self, bytes_: bytes) -> bytes:
        """In Rust `reflect(bytes: &[u8]) -> Vec<u8>`; travels as raw bytes both ways."""
        return self._call("reflect", "raw", "raw", _bytes(bytes_))

    def shout(self, text: str) -> str:
        """In Rust `shout(text: &str) -> String`; travels as raw bytes both ways."""
        return _text(self._call("shout", "raw", "raw", _bytes(text)))

    def widen(self, a: int, b: int) -> float:
        """In Rust `widen(a: i8, b: i16) -> f32`; travels as `>hi`, its value as `<d`."""
        return self._call("widen", "<d", ">hi", a, b)

    def label(self, text: str) -> str:
        """In Rust `label(text: &str) -> String`; travels as `8s` both ways."""
        return _text(self._call("label", "8s", "8s", _bytes(text, 8)))

    def labels(self, *values: Any) -> int:
        """In Rust `labels(a: Label, b: Label) -> u8`; travels as `4sB4sB`, its value as `B`.
        Takes all values of the arguments one by one.
        """
        return self._call("labels", "B", "4sB4sB", *values)

    def set_color(self, rgb: bytes) -> None:
        """In Rust `set_color(rgb: Vec<u8>)`, on the wire `set color`; travels as a literal."""
        self._call("set color", "", "repr", rgb)

    def pose(self, payload: bytes) -> bytes:
        """In Rust `pose(pose: Pose, by: i16) -> Pose`; travels as postcard both ways. Python
        does not read postcard: here it is bytes.
        """
        return self._call("pose", "post", _POST + _bytes(payload))

    def log(self, text: str) -> None:
        """In Rust `log(text: &str)`; travels as a literal. One-way: nobody waits for it, and it
        brings no error.
        """
        self._send("log", "repr", text)

    def calibrate(self, fast: bool) -> Tuple[float, float, float]:
        """In Rust `calibrate(fast: bool) -> Result<Imu, Fault>`; travels as `B`, its value as
        `3f`. `Imu` is a tuple of all its values here, one after the other. Callers wait 60000
        ms for the reply. Doing it twice is the same as doing it once. Where Rust returns an
        `Err`, this raises `Failed`, whose `value` is the literal of `Fault`.
        """
        return self._call("calibrate", "3f", "B", fast, timeout=60000)

    def nap(self) -> int:
        """In Rust `nap() -> u8`; its value travels as `B`. Callers wait 50 ms for the reply."""
        return self._call("nap", "B", timeout=50)

    def patient(self) -> int:
        """In Rust `patient() -> u8`; its value travels as `B`. Callers wait for the reply for
        ever.
        """
        return self._call("patient", "B", timeout=1 << 30)

    def yield_(self, in_: int, self_: int) -> int:
        """In Rust `yield(in: u8, self_: u8) -> u8`; travels as `2B`, its value as `B`."""
        return self._call("yield", "B", "2B", in_, self_)

    def register_(self) -> str:
        """In Rust `register() -> String`; its value travels as a literal."""
        return self._call("register", "repr")


class WideServer(_Server):
    """Every kind of command.

    Even "this" is `kept`, a \\ and \"\"\" too:

    - an item of a list that is so long that it has to go on in another line, because a line
      of the module that is made has at most a hundred characters.

    Inherit from it and write the methods; `register` adds them to a SerialTalk. To refuse,
    raise any exception: the caller gets its text.
    """

    def register(self, st: Any) -> None:
        """Adds the commands to a SerialTalk."""
        self._add(st, "mult", "f", self.mult)
        self._add(st, "numbers", "<bQd", self.numbers)
        self._add(st, "invert", "B", self.invert, bool)
        self._add(st, "imu", "3f", self.imu)
        self._add(st, "mirror", "3f", self.mirror, 3)
        self._add(st, "place", "h", self.place, 2, bool, 3)
        self._add(st, "mode", "B", self.mode)
        self._add(st, "reset", "", self.reset)
        self._add(st, "greet", "repr", self.greet)
        self._add(st, "sums", "repr", self.sums)
        self._add(st, "find", "repr", self.find)
        self._add(st, "way", "repr", self.way, 2)
        self._add(st, "state", "repr", self.state, _whole)
        self._add(st, "counts", "repr", self.counts)
        self._add(st, "maybe", "repr", self.maybe, _whole)
        self._add(st, "corners", "repr", self.corners, 2)
        self._add(st, "reflect", "raw", self.reflect, _bytes)
        self._add(st, "shout", "raw", self.shout, _text)
        self._add(st, "widen", "<d", self.widen)
        self._add(st, "label", "8s", self.label, _text)
        self._add(st, "labels", "B", self.labels)
        self._add(st, "set color", "", self.set_color)
        self._add(st, "pose", "post", self.pose, _payload)
        self._add(st, "log", "", self.log)
        self._add(st, "calibrate", "3f", self.calibrate, bool)
        self._add(st, "nap", "B", self.nap)
        self._add(st, "patient", "B", self.patient)
        self._add(st, "yield", "B", self.yield_)
        self._add(st, "register", "repr", self.register_)

    def mult(self, a: float, b: float) -> float:
        """Product of two numbers.

        In Rust `mult(a: f32, b: f32) -> f32`; travels as `2f`, its value as `f`.
        """
        raise NotImplementedError("WideServer.mult is not implemented: override it")

    def numbers(self, a: int, b: int, c: float) -> Tuple[int, int, float]:
        """Numbers that are not aligned.

        In Rust `numbers(a: i8, b: u64, c: f64) -> (i8, u64, f64)`; travels as `<bQd` both
        ways.
        """
        raise NotImplementedError("WideServer.numbers is not implemented: override it")

    def invert(self, on: bool) -> bool:
        """In Rust `invert(on: bool) -> bool`; travels as `B` both ways."""
        raise NotImplementedError("WideServer.invert is not implemented: override it")

    def imu(self) -> Tuple[float, float, float]:
        """In Rust `imu() -> Imu`; its value travels as `3f`. `Imu` is a tuple of all its values
        here, one after the other.
        """
        raise NotImplementedError("WideServer.imu is not implemented: override it")

    def mirror(self, imu: Tuple[float, float, float]) -> Tuple[float, float, float]:
        """In Rust `mirror(imu: Imu) -> Imu`; travels as `3f` both ways. `Imu` is a tuple of all
        its values here, one after the other.
        """
        raise NotImplementedError("WideServer.mirror is not implemented: override it")

    def place(self, at: Tuple[int, int], on: bool, rgb: Tuple[int, int, int]) -> int:
        """In Rust `place(at: (i16, i16), on: bool, rgb: (u8, u8, u8)) -> i16`; travels as
        `2h4B`, its value as `h`.
        """
        raise NotImplementedError("WideServer.place is not implemented: override it")

    def mode(self, mode: int) -> int:
        """In Rust `mode(mode: Mode) -> Mode`; travels as `B` both ways."""
        raise NotImplementedError("WideServer.mode is not implemented: override it")

    def reset(self) -> None:
        """In Rust `reset()`."""
        raise NotImplementedError("WideServer.reset is not implemented: override it")

    def greet(self, name: str) -> str:
        """Greets.

        In Rust `greet(name: &str) -> String`; travels as a literal both ways.
        """
        raise NotImplementedError("WideServer.greet is not implemented: override it")

    def sums(self, numbers: List[int]) -> List[int]:
        """In Rust `sums(numbers: Vec<i32>) -> Vec<i64>`; travels as a literal both ways."""
        raise NotImplementedError("WideServer.sums is not implemented: override it")

    def find(self, name: str, nth: Optional[int] = None) -> Optional[Tuple[int, str]]:
        """In Rust `find(name: &str, nth: Option<u8>) -> Option<(u8, String)>`; travels as a
        literal both ways.
        """
        raise NotImplementedError("WideServer.find is not implemented: override it")

    def way(self, start: Tuple[str, int]) -> List[Tuple[str, int]]:
        """In Rust `way(start: (String, i16)) -> Vec<(String, i16)>`; travels as a literal both
        ways.
        """
        raise NotImplementedError("WideServer.way is not implemented: override it")

    def state(self, state: Any) -> Any:
        """In Rust `state(state: State) -> State`; travels as a literal both ways. `State` is a
        literal, of which Python knows no more: a struct is a tuple of its fields, an enum the
        name of its variant, or a tuple of that and its fields.
        """
        raise NotImplementedError("WideServer.state is not implemented: override it")

    def counts(self, words: Dict[str, int]) -> Dict[str, int]:
        """In Rust `counts(words: BTreeMap<String, u8>) -> BTreeMap<String, u8>`; travels as a
        literal both ways.
        """
        raise NotImplementedError("WideServer.counts is not implemented: override it")

    def maybe(self, at: Optional[Tuple[int, int]] = None) -> Optional[Tuple[int, int]]:
        """In Rust `maybe(at: Option<(i16, i16)>) -> Option<(i16, i16)>`; travels as a literal
        both ways.
        """
        raise NotImplementedError("WideServer.maybe is not implemented: override it")

    def corners(self, names: Tuple[str, str]) -> Tuple[str, str]:
        """In Rust `corners(names: [String; 2]) -> [String; 2]`; travels as a literal both ways."""
        raise NotImplementedError("WideServer.corners is not implemented: override it")

    def reflect(self, bytes_: bytes) -> bytes:
        """In Rust `reflect(bytes: &[u8]) -> Vec<u8>`; travels as raw bytes both ways."""
        raise NotImplementedError("WideServer.reflect is not implemented: override it")

    def shout(self, text: str) -> str:
        """In Rust `shout(text: &str) -> String`; travels as raw bytes both ways."""
        raise NotImplementedError("WideServer.shout is not implemented: override it")

    def widen(self, a: int, b: int) -> float:
        """In Rust `widen(a: i8, b: i16) -> f32`; travels as `>hi`, its value as `<d`."""
        raise NotImplementedError("WideServer.widen is not implemented: override it")

    def label(self, text: str) -> str:
        """In Rust `label(text: &str) -> String`; travels as `8s` both ways."""
        raise NotImplementedError("WideServer.label is not implemented: override it")

    def labels(self, *values: Any) -> int:
        """In Rust `labels(a: Label, b: Label) -> u8`; travels as `4sB4sB`, its value as `B`.
        Takes all values of the arguments one by one.
        """
        raise NotImplementedError("WideServer.labels is not implemented: override it")

    def set_color(self, rgb: bytes) -> None:
        """In Rust `set_color(rgb: Vec<u8>)`, on the wire `set color`; travels as a literal."""
        raise NotImplementedError("WideServer.set_color is not implemented: override it")

    def pose(self, payload: bytes) -> bytes:
        """In Rust `pose(pose: Pose, by: i16) -> Pose`; travels as postcard both ways. Python
        does not read postcard: here it is bytes.
        """
        raise NotImplementedError("WideServer.pose is not implemented: override it")

    def log(self, text: str) -> None:
        """In Rust `log(text: &str)`; travels as a literal. One-way: nobody waits for it, and it
        brings no error.
        """
        raise NotImplementedError("WideServer.log is not implemented: override it")

    def calibrate(self, fast: bool) -> Tuple[float, float, float]:
        """In Rust `calibrate(fast: bool) -> Result<Imu, Fault>`; travels as `B`, its value as
        `3f`. `Imu` is a tuple of all its values here, one after the other. Callers wait 60000
        ms for the reply. Doing it twice is the same as doing it once. Python can refuse, but
        cannot send a `Fault`.
        """
        raise NotImplementedError("WideServer.calibrate is not implemented: override it")

    def nap(self) -> int:
        """In Rust `nap() -> u8`; its value travels as `B`. Callers wait 50 ms for the reply."""
        raise NotImplementedError("WideServer.nap is not implemented: override it")

    def patient(self) -> int:
        """In Rust `patient() -> u8`; its value travels as `B`. Callers wait for the reply for
        ever.
        """
        raise NotImplementedError("WideServer.patient is not implemented: override it")

    def yield_(self, in_: int, self_: int) -> int:
        """In Rust `yield(in: u8, self_: u8) -> u8`; travels as `2B`, its value as `B`."""
        raise NotImplementedError("WideServer.yield_ is not implemented: override it")

    def register_(self) -> str:
        """In Rust `register() -> String`; its value travels as a literal."""
        raise NotImplementedError("WideServer.register_ is not implemented: override it")


class SpareClient(_Client):
    """What is off until it is asked for.

    Each method calls the command of that name at the other end of the SerialTalk that this is
    made of.
    """

    def __init__(self, st: Any) -> None:
        """Has the other end load the module `wide_server`, without which it has no such
        commands.
        """
        super().__init__(st)
        self._call("module", "", "11s", b"wide_server")

    def spare_sum(self, numbers: Tuple[int, int]) -> int:
        """In Rust `spare_sum(numbers: (i32, i32)) -> i32`; travels as `2i`, its value as `i`."""
        return self._call("spare_sum", "i", "2i", *numbers)


class SpareServer(_Server):
    """What is off until it is asked for.

    Inherit from it and write the methods; `register` adds them to a SerialTalk. To refuse,
    raise any exception: the caller gets its text. They belong to the module `wide_server`,
    which the other end loads: call `register` in a function `add_commands(st)` of the file
    `wide_server.py`.
    """

    def register(self, st: Any) -> None:
        """Adds the commands to a SerialTalk."""
        self._add(st, "spare_sum", "i", self.spare_sum, 2)

    def spare_sum(self, numbers: Tuple[int, int]) -> int:
        """In Rust `spare_sum(numbers: (i32, i32)) -> i32`; travels as `2i`, its value as `i`."""
        raise NotImplementedError("SpareServer.spare_sum is not implemented: override it")
