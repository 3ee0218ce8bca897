"""A small SerialTalk peer for boards where nothing is installed: this file is all of it.

    from serialtalk_peer import SerialTalk

    def mult(a, b):
        return a * b

    st = SerialTalk()                    # on the line of the REPL; SerialTalk(device) on another
    st.add_command(mult, "f", "mult")
    st.loop()                            # until the other end asks for the REPL; st.loop(turn, 10) calls
                                         # turn() in between, every 10 ms

    reply, value = st.call("echo", "repr", 1, "two")         # ('echoack', (1, 'two'))

It runs on MicroPython from 1.9.2 on, in the 16 KiB of a micro:bit too, and on CPython. A device has `any()`, which
tells how many bytes wait, `read(n)` and `write(data)`. If it has `disable_repl()` and `enable_repl()`, they are called
where `loop` begins and ends.

Formats are those of the module `struct`, `repr` for any literal, `raw` for bytes, and the empty one for no value.
Literals are evaluated, as by every Python peer: use it on lines that you trust.
"""

import struct
import sys
import time

if sys.platform == "microbit":
    from micropython import kbd_intr
    from microbit import uart

    class Console:
        """The line of the REPL."""

        read = uart.read
        write = uart.write

        def any(self):
            return 64 * uart.any()

        def disable_repl(self):
            kbd_intr(-1)

        def enable_repl(self):
            kbd_intr(3)

else:

    class Console:
        """The line of the REPL. While commands are served, Ctrl-C is a byte like any other."""

        def __init__(self):
            import select

            # Not through a buffer, in which `poll` would see nothing.
            binary = [getattr(file, "buffer", file) for file in (sys.stdin, sys.stdout)]
            self.input, self.output = [getattr(file, "raw", file) for file in binary]
            self.poll = select.poll()
            self.poll.register(sys.stdin, select.POLLIN)
            self.terminal = None

        def any(self):
            return 64 * len(self.poll.poll(0))

        def read(self, n):
            data = b""
            while len(data) < n and self.poll.poll(0):
                byte = self.input.read(1)
                if not byte:
                    raise EOFError("the line was closed")
                data += byte
            return data

        def write(self, data):
            while data:
                data = data[self.output.write(data) :]

        def disable_repl(self):
            self.interrupt_by(-1)
            try:
                import termios

                self.terminal = termios.tcgetattr(0)
                (termios if hasattr(termios, "setraw") else __import__("tty")).setraw(0)
            except Exception:
                pass  # Boards have no terminals.

        def enable_repl(self):
            self.interrupt_by(3)
            if self.terminal:
                __import__("termios").tcsetattr(0, 0, self.terminal)

        def interrupt_by(self, key):
            try:
                __import__("micropython").kbd_intr(key)
            except (ImportError, AttributeError):
                pass  # CPython, or a board whose REPL has no such key.


def now():
    """Milliseconds of a clock. Differences are to be taken by `since`, for on MicroPython it starts anew at 2**30."""
    return time.ticks_ms() if hasattr(time, "ticks_ms") else int(time.monotonic() * 1000)


def since(start):
    return now() - start & 0x3FFFFFFF


def pack(form, values):
    """What `struct.pack` makes of them, unless something is lost by it: MicroPython itself does not look."""
    data = struct.pack(form, *values)
    packed = struct.unpack(form, data)
    fit = len(packed) == len(values)
    for a, b in zip(values, packed):
        if not (len(a) <= len(b) if type(b) == bytes else type(b) == float or a == b):
            fit = False
    if fit:
        return data
    raise ValueError("%r does not fit %s" % (values, form))


def encode(what):
    """The payload of `call(name, *what)`: `what` is a format and its values, nothing, or bytes without a format."""
    form = what[0] if what else "z"
    values = what[1:]
    if type(form) != str:
        return bytes((form,) if type(form) == int else form)
    if form == "raw":
        return b"\x03raw" + values[0]
    if form == "repr":
        return b"\x04repr" + bytes(repr(values), "utf8")
    data = bytes(form, "utf8")
    if values and form:
        data += pack(form, values)
    elif form not in ("", "z"):
        return data
    return bytes((len(form),)) + data


def wrap(name, data):
    """A command and its payload as a frame."""
    name = bytes(name, "utf8")
    n = 1 + len(name) + len(data)
    if n > 255:
        raise ValueError("%d bytes of 255" % n)
    return b"<" + bytes((n, len(name))) + name + data + b">"


NAMES = {"inf": float("inf"), "nan": float("nan")}  # As they are printed.


def decode(data):
    """The value of a payload: None, a tuple of several, or the only one. What no format fits is bytes."""
    if data == b"\x01z":
        return None
    try:
        end = data[0] + 1
        form = data[1:end]
        if form == b"raw":
            return data[end:]
        if form == b"repr":
            values = eval(str(data[end:], "utf8"), NAMES)
        else:
            values = struct.unpack(str(form, "utf8"), data[end:])
    except MemoryError:
        raise
    except Exception:
        return data
    return values[0] if type(values) == tuple and len(values) == 1 else values


BUILTIN = (
    "enable repl",
    "disable repl",
    "echo",
    "raw echo",
    "module",
    "get_num_commands",
    "get_nth_command",
    "get_version",
)
ENDS = ("ack", "err")


class SerialTalk:
    """One end of a line, which calls the commands of the other end and serves its own."""

    def __init__(self, device=None, timeout=1500):
        self.device = device or Console()
        self.timeout = timeout
        self.repl = False
        self.names = list(BUILTIN)
        self.commands = {}
        self.called = set()
        self.data = b""
        self.time = now()

    def take(self):
        """Takes a frame out of what has come, and the noise before it: its name and its payload."""
        data = self.data
        frame = None
        while len(data) > 1 and not frame:
            end = data[1] + 2
            n = data[2] + 3 if len(data) > 2 else 3
            at = 1
            if data[0] == 60 and n <= end:
                if len(data) <= end:
                    break
                if data[end] == 62:
                    at = end + 1
                    try:
                        frame = str(data[3:n], "utf8"), data[n:end]
                    except UnicodeError:
                        pass
            data = data[at:]
        self.data = data
        return frame

    def receive(self, start, wait):
        """The next frame, or None if there is none `wait` ms after `start`."""
        while True:
            frame = self.take()
            n = not frame and self.device.any()
            if n:
                self.data += self.device.read(n) or b""
                self.time = now()
                frame = self.take()
            if frame or since(start) >= wait:
                return frame
            n = since(self.time)
            if n > 500:
                self.data = self.data[1:]  # The rest of this frame is not coming any more.
            if n > 9:
                time.sleep(0.001)

    def call(self, name, *what):
        """Calls a command of the other end: `call("mult", "2f", 1.5, 2.0)`.

        Returns the name of the reply, `multack` or `multerr`, and its value; `("err", ...)` if none came before the
        timeout. Commands that come meanwhile are served.
        """
        data = wrap(name, encode(what))
        # What came before, as a late reply; but no more, for a busy caller would never leave room.
        self.process() and self.process()
        self.called.add(name)
        self.device.write(data)
        start = now()
        while True:
            frame = self.receive(start, self.timeout)
            if frame and frame[0][:-3] == name and frame[0][-3:] in ENDS:
                return frame[0], decode(frame[1])
            if frame:
                self.serve(frame)
            if not frame or since(start) >= self.timeout:
                return "err", "no answer to %s within %d ms" % (name, self.timeout)

    def send_command(self, name, *what):
        """Sends a command. Its reply is passed over when it comes."""
        self.called.add(name)
        self.device.write(wrap(name, encode(what)))

    def add_command(self, command_function, return_format="", name=None):
        """Lets the other end call a function. Old MicroPython does not know the names of functions: give one."""
        name = name or command_function.__name__
        if name not in self.names:
            self.names.append(name)
        self.commands[name] = command_function, return_format

    def process(self, wait=0):
        """Serves the next command if it comes within `wait` ms. Whether anything came."""
        frame = self.receive(now(), wait)
        if frame:
            self.serve(frame)
        return bool(frame)

    def loop(self, turn=bool, wait=1000):
        """Serves until the other end asks for the REPL.

        Calls `turn` after each command, and every `wait` ms without one.
        """
        self.repl = False
        getattr(self.device, "disable_repl", bool)()
        try:
            while not self.repl:
                self.process(wait)
                turn()
        finally:
            getattr(self.device, "enable_repl", bool)()

    def find(self, name):
        """The function behind a command and the format of its value. None for what needs no answer."""
        if name in self.commands:
            return self.commands[name]
        if name in BUILTIN:
            return lambda *values: self.builtin(name, values), "repr" if name[:4] in ("echo", "get_") else ""
        if name[-3:] in ENDS and (name[:-3] in self.called or name[-6:-3] in ENDS):
            return  # A reply that comes too late, or an error about an error, of which there would be no end.
        raise ValueError(name)

    def serve(self, frame):
        """Does what a command says, and answers."""
        name = frame[0]
        error = "Command not found: %s"
        try:
            function = self.find(name)
            if not function:
                return
            error = "Command failed: %s"
            value = decode(frame[1])
            if type(value) != tuple:
                value = () if value is None else (value,)
            value = function[0](*value)
            error = "Response packing failed: %s"
            # A list is several values, except in a literal. Named tuples are not of the type `tuple`.
            several = tuple if function[1] == "repr" else (tuple, list)
            value = tuple(value) if isinstance(value, several) else (value,)
            data = wrap(name + "ack", encode((function[1],) + value))
        except Exception as e:
            data = self.refuse(name, error % e)
        self.device.write(data)

    def refuse(self, name, text):
        """An error reply, with as much of the text as fits."""
        while text:
            try:
                return wrap(name + "err", encode(("repr", text)))
            except ValueError:
                text = text[:-8]
        return b""

    def builtin(self, name, values):
        if name == "echo":
            return values
        if name == "module":
            __import__(str(values[0], "utf8")).add_commands(self)
        elif name == "get_version":
            return "serialtalk_peer 1"
        elif name[:3] == "get":
            if not values:
                return len(self.names)
            return self.names[values[0]] if values[0] < len(self.names) else None
        elif name != "raw echo":
            self.repl = name == "enable repl"
