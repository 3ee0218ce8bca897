import struct

try:
    from typing import Any, Dict, List, NamedTuple, Optional, Tuple
except ImportError:
    # MicroPython, which ignores hints. Some boards have plain tuples only.
    def NamedTuple(name, fields):  # type: ignore
        try:
            from collections import namedtuple
        except ImportError:
            return lambda *values: values
        return namedtuple(name, [field[0] for field in fields])


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

    def _call(
        self,
        name: str,
        returns: str,
        layout: Any = None,
        form: str = "",
        names: str = "",
        *arguments: Any,
        timeout: int = 0
    ) -> Any:
        """Calls a command, whose value is encoded as `returns` and put together as by `layout`."""
        what = _what(name, form, names, arguments)
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
            return _value(name, returns, layout, value)
        if isinstance(value, tuple) and len(value) == 2:
            raise Failed(name, value[0], value[1])
        raise Refused(name, value if isinstance(value, str) else repr(value))

    def _send(self, name: str, form: str = "", names: str = "", *arguments: Any) -> None:
        """Sends a one-way command."""
        what = _what(name, form, names, arguments)
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
                self._call("echo", "", None, "repr", "", 1)
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
            return _bytes(self._call("find_commands", "raw", None, "raw", "", question))
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
                part = _bytes(self._call("describe", "raw", None, "2H", "", number[0], len(text)))
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
            if returns in ("", "*", "repr"):
                return _plain(value)
            return _packed(name, returns, "", (value,))[1:]

        # Postcard is sent as raw bytes, because Python cannot write its header.
        st.add_command(command, {"post": "raw", "*": "repr"}.get(returns, returns), name)

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
    listed = (getattr(st, "command_array", ()), getattr(st, "names", ()))  # type: Any
    for names in listed:
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
    """The arguments in `values`: a literal if `kinds` begin with how it was spread, or a struct."""
    if kinds[0] in (_each, _whole, _all):
        literals = kinds[0](values)
        rest = kinds[1:] + (None,) * len(literals)
        return [_build(kind, iter((value,)), False) for kind, value in zip(rest, literals)]
    count = sum([_count(kind) for kind in kinds])
    if count != len(values):
        raise TypeError("takes %d values, got %d" % (count, len(values)))
    source = iter(values)
    return [_build(kind, source, True) for kind in kinds]


def _each(values: Any) -> Any:
    """Several arguments."""
    return values


def _whole(values: Any) -> Any:
    """A sole argument that may be a tuple, whose elements then arrive as arguments."""
    return (values[0] if len(values) == 1 else values or None,)


def _all(values: Any) -> Any:
    """A sole argument that is a tuple, whose elements arrive as arguments."""
    return (values,)


def _count(layout: Any) -> int:
    """How many values of a struct are put together by a layout."""
    if not isinstance(layout, tuple):
        return 1
    return sum([part if isinstance(part, int) else _count(part) for part in layout[1:]])


def _build(layout: Any, source: Any, packed: bool) -> Any:
    """Puts a value together from the next one of `source`; a tuple from several of a struct.

    A layout is None for a value as it is, a function of it, a list with the layout of all
    elements, a dict with those of keys and values, or a tuple of a class or None and the layouts
    of the elements, in which a number stands for as many values as they are.
    """
    if not packed or not isinstance(layout, tuple):
        value = next(source)
        if value is None or layout is None:
            return value
        if not isinstance(layout, tuple):
            return _converted(layout, value)
        source = iter(value if isinstance(value, (tuple, list)) else (value,))
    parts = []
    for part in layout[1:]:
        if isinstance(part, int):
            parts += [next(source) for _ in range(part)]
        else:
            parts.append(_build(part, source, packed))
    if not packed and list(source):
        raise TypeError("takes %d values" % len(parts))
    return layout[0](*parts) if layout[0] else tuple(parts)


def _converted(layout: Any, value: Any) -> Any:
    """A value that is no tuple, put together as a layout says."""
    if isinstance(layout, list):
        return [_build(layout[0], iter((one,)), False) for one in value]
    if isinstance(layout, dict):
        built = {}
        for key in value:
            one = _build(layout["key"], iter((key,)), False)
            built[one] = _build(layout["value"], iter((value[key],)), False)
        return built
    return layout(value)


def _plain(value: Any) -> Any:
    """A value for a literal, in which named tuples would be calls."""
    if isinstance(value, tuple):
        return tuple([_plain(one) for one in value])
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return dict([(_plain(key), _plain(value[key])) for key in value])
    return value


def _flat(value: Any) -> Any:
    """The values of a struct: those in tuples and lists one after the other."""
    if not isinstance(value, (tuple, list)):
        return [value]
    values = []
    for one in value:
        values += _flat(one)
    return values


def _value(name: str, returns: str, layout: Any, value: Any) -> Any:
    """The value of a reply."""
    if returns == "":
        return None
    if returns == "post":
        return _payload(value)
    if returns in ("raw", "repr"):
        return _built(name, layout, (value,), False, value)
    values = tuple(value) if isinstance(value, (tuple, list)) else (value,)
    if returns != "*" and not _fit(returns, values):
        raise BadReply(name, "expected a value under %s, got %r" % (returns, value))
    # A Python end sends a literal under `*`, and a Rust end the values one by one.
    if returns == "*" and (len(values) != _count(layout) or values != tuple(_flat(values))):
        return _built(name, layout, (value,), False, value)
    if not layout:
        return values[0] if len(values) == 1 else values
    return _built(name, layout, values, True, value)


def _built(name: str, layout: Any, values: Any, packed: bool, value: Any) -> Any:
    """The value of a reply, put together."""
    try:
        return _build(layout, iter(values), packed)
    except Exception:
        raise BadReply(name, "expected another value, got %r" % (value,))


def _what(name: str, form: str, names: str, arguments: Any) -> Any:
    """The format and the values of a call."""
    if form == "":
        return ()
    if form == "repr":
        return (form,) + _plain(arguments)
    if form == "raw":
        return (form,) + tuple([_bytes(one) for one in arguments])
    if form == "post":
        return (_POST + _bytes(arguments[0]),)
    return _packed(name, form, names, arguments)


def _packed(command: str, form: str, names: str, arguments: Any) -> Any:
    """A format with all its numbers, and the values that are packed under it.

    Raises if they do not fit, where MicroPython would pack others. `names` has the names of the
    arguments, each with `:` and how many values it has, if they are not one.
    """
    labels, values = _labelled(command, names, arguments)
    codes = _codes(form)
    if len(values) != len(codes):
        text = "%s: %r does not fit %s, which takes %d values"
        raise ValueError(text % (command, tuple(values), form, len(codes)))
    for at, code in enumerate(codes):
        values[at] = value = _filled(code, values[at])
        size = "*"
        if "*" in code and isinstance(value, (bytes, bytearray)):
            size = str(len(value))
            form = form.replace("*", size, 1)
        if not _fit(code.replace("*", size), (value,)):
            what = (command, labels[at], value, _described(code))
            raise ValueError("%s: %s%r does not fit %s" % what)
    return (form,) + tuple(values)


def _labelled(command: str, names: str, arguments: Any) -> Any:
    """The values of arguments, and for each what it is called in errors."""
    labels = []
    values = []
    for name, argument in zip(names.split() or [""] * len(arguments), arguments):
        flat = _flat(argument)
        label = ""
        if name:
            name, count = (name + ":1").split(":")[:2]
            label = "argument %s: " % name
            if len(flat) != int(count):
                what = (command, label, argument, count, len(flat))
                raise ValueError("%s: %s%r does not fit: %s values are due, got %d" % what)
        labels += [label] * len(flat)
        values += flat
    return labels, values


def _filled(code: str, value: Any) -> Any:
    """Text as bytes, filled up to their size. Bytes have to be as many as are due."""
    if not isinstance(value, str) or code[-1] != "s" or "*" in code:
        return value
    return _bytes(value, struct.calcsize(code))


def _codes(form: str) -> Any:
    """The format of each value of a format."""
    order = form[0] if form[:1] in ("<", ">", "=", "!", "@") else ""
    codes = []
    count = ""
    for code in form[len(order) :]:
        if code in "0123456789*":
            count += code
            continue
        if code == "s":
            codes.append(order + (count or "1") + code)
        elif code != "x":
            codes += [order + code] * int(count or "1")
        count = ""
    return codes


def _described(code: str) -> str:
    """The format of a value, and what fits it."""
    if "*" in code:
        return "%s (bytes)" % code
    size = struct.calcsize(code)
    letter = code[-1]
    if letter == "s":
        return "%s (%d bytes)" % (code, size)
    if letter in "fd":
        return "%s (a float)" % code
    if letter in "BHIQ":
        return "%s (0 to %d)" % (code, (1 << 8 * size) - 1)
    return "%s (%d to %d)" % (code, -1 << 8 * size - 1, (1 << 8 * size - 1) - 1)


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
