import struct

try:
    from typing import Any, Dict, List, Optional, Tuple
except ImportError:
    pass  # MicroPython ignores hints.


class CallError(Exception):
    """A call of `command` has no value; `text` says why."""

    def __init__(self, command: str, text: str, value: Any = None) -> None:
        super().__init__("%s: %s" % (command, text))
        self.command = command
        self.text = text
        self.value = value


class NoReply(CallError):
    """Nothing arrived in time, or nothing that could be read."""


class BadReply(CallError):
    """The reply is not a value of this command."""


class Refused(CallError):
    """The other end rejected the call."""


class Failed(Refused):
    """The command failed with an error of its own, which is `value`."""


class Mismatch(CallError):
    """The other end has the command with another signature."""


class _Client:
    # The name, the hash of the signature and the signature of each command.
    _commands = ()  # type: Any

    def __init__(self, st: Any, compare: bool = True) -> None:
        """Raises a Mismatch if the other end has a command with another signature.

        An end that does not compare is taken as it is; without `compare` it is not asked.
        """
        self._st = st
        if compare:
            self._compare()

    def _call(self, name: str, returns: str, *what: Any, timeout: int = 0) -> Any:
        """Calls a command, whose value is encoded as `returns`."""
        _check(what)
        usual = self._st.timeout
        self._st.timeout = timeout or usual
        try:
            reply, value = self._st.call(name, *what)
            while reply not in (name + "ack", name + "err", "err"):
                # A reply to an earlier call that timed out.
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
            # The library `serialtalk` would take its reply for that of the next call.
            self._st.call(name, *what)
        else:
            self._st.send_command(name, *what)

    def _compare(self) -> None:
        """Compares the signatures with those of the other end."""
        rest = self._commands
        count = 56  # As many hashes as fit a frame.
        is_there = False
        while rest:
            asked = rest[:count]
            try:
                numbers = self._find(b"\x00" + b"".join([command[1] for command in asked]))
            except NoReply:
                if is_there:
                    return  # It is silent about commands that it does not have.
                self._call("echo", "", "repr", 1)
                is_there = True
                continue
            except Refused as error:
                count = len(asked) // 2  # Its buffer may be small.
                if not count or error.text.startswith("Command not found"):
                    return
                continue
            if len(numbers) != len(asked):
                return  # It has a command of its own with this name.
            at = numbers.find(b"\xff")
            if at < 0:
                rest = rest[len(asked) :]
                continue
            theirs = self._theirs(asked[at][0])
            if theirs:
                text = "the signature is another one at the other end\n  here:  %s\n  there: %s"
                raise Mismatch(asked[at][0], text % (asked[at][2], theirs))
            rest = rest[at + 1 :]

    def _find(self, question: bytes) -> bytes:
        """The numbers of commands at the other end."""
        try:
            return self._call("find_commands", "raw", "raw", question)
        except (TypeError, ValueError):
            return b""  # The value is not bytes.

    def _theirs(self, name: str) -> str:
        """The signature at the other end; empty if it does not have the command."""
        text = b""
        try:
            number = self._find(bytes(name, "utf8"))
            if len(number) != 1 or number == b"\xff":
                return ""
            # Larger numbers do not fit a byte.
            while number < b"\xfe" and b"\n" not in text:
                part = self._call("describe", "raw", "2H", number[0], len(text))
                if not part:
                    break
                text += part
        except (Refused, TypeError, ValueError):
            pass
        unknown = "not known, for only an interface marked `describe` tells it"
        return str(text.split(b"\n")[0], "utf8") or unknown


class _Server:
    # As that of clients. A command that is described has the rest of its description, too.
    _commands = ()  # type: Any

    def _add(self, st: Any, name: str, returns: str, function: Any, *kinds: Any) -> None:
        """Adds a command; `kinds` say how its arguments are converted, if they are."""

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

        # Postcard is sent as raw bytes, because Python cannot write its header.
        st.add_command(command, "raw" if returns == "post" else returns, name)

    def _answer(self, st: Any) -> None:
        """Lets the other end compare signatures with those of all servers of this SerialTalk."""
        commands = getattr(st, "signed", [])
        st.signed = commands + [command for command in self._commands if command not in commands]
        _add_unlisted(st, "find_commands", _numbers)
        if any([len(command) > 3 for command in st.signed]):
            _add_unlisted(st, "describe", _description)


def _add_unlisted(st: Any, name: str, function: Any) -> None:
    """Adds a command that is not listed to the other end, as far as SerialTalk allows."""
    st.add_command(lambda *values: function(st.signed, *values), "raw", name)
    for names in (getattr(st, "command_array", ()), getattr(st, "names", ())):
        if name in names:
            names.remove(name)


def _numbers(commands: Any, question: Any) -> bytes:
    """The numbers of commands by the hashes of their signatures, or of one by its name."""
    question = _bytes(question)
    if question[:1] == b"\x00":
        known = [command[1] for command in commands]
        asked = [question[at : at + 4] for at in range(1, len(question) - 3, 4)]
    else:
        known = [bytes(command[0], "utf8") for command in commands]
        asked = [question]
    return bytes([min(known.index(one), 254) if one in known else 255 for one in asked])


def _description(commands: Any, number: int, offset: int) -> bytes:
    """As much as fits of the description of a command, from an offset on."""
    if number >= len(commands):
        raise ValueError("no such number")
    text = bytes("\n".join(commands[number][2:4]), "utf8") if len(commands[number]) > 3 else b""
    return text[offset : offset + 239]


def _arguments(values: Any, kinds: Any) -> Any:
    """The arguments in `values`: by kind a tuple of a length, a value unchanged or converted."""
    if kinds in ((_whole,), (_all,)):
        return (kinds[0](values),)
    counts = [kind if isinstance(kind, int) else 1 for kind in kinds]
    if sum(counts) != len(values):
        raise TypeError("takes %d values, got %d" % (sum(counts), len(values)))
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
    """A sole argument that may be a tuple, whose elements then arrive as arguments."""
    return values[0] if len(values) == 1 else values or None


def _all(values: Any) -> Any:
    """A sole argument that is a tuple, whose elements arrive as arguments."""
    return values


def _value(name: str, returns: str, value: Any) -> Any:
    """The value of a reply."""
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
    """Raises if values do not fit their format. MicroPython would send other values instead."""
    if len(what) > 1 and what[0] not in ("repr", "raw") and not _fit(what[0], what[1:]):
        values = what[1:] if len(what) > 2 else what[1]
        raise ValueError("%r does not fit %s" % (values, what[0]))


def _fit(form: str, values: Any) -> bool:
    """Whether values are unchanged by packing and unpacking, except for the rounding of floats."""
    try:
        packed = struct.unpack(form, struct.pack(form, *values))
    except Exception:
        return False
    for a, b in zip(values, packed):
        if a != b and not isinstance(b, float):
            return False
    return len(values) == len(packed)


def _bytes(value: Any, size: int = 0) -> bytes:
    """Bytes from text, or from the int that SerialTalk makes of one byte; filled up to a size."""
    if isinstance(value, str):
        value = bytes(value, "utf8")
    data = bytes((value,)) if isinstance(value, int) else bytes(value)
    return data + b"\x00" * (size - len(data))


def _text(value: Any) -> str:
    """Text from bytes, without the zeros that fill them up."""
    return value if isinstance(value, str) else str(_bytes(value).rstrip(b"\x00"), "utf8")


def _payload(value: Any) -> bytes:
    """Postcard without its header."""
    value = _bytes(value)
    return value[len(_POST) :] if value[: len(_POST)] == _POST else value


_POST = b"\x04post"
