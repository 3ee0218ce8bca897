"""Serial devices for SerialTalk in CPython and MicroPython, with the methods any(), read(n) and write(data).

A command-line argument names the line of a program:

    path:/dev/pts/4           a serial port or pty
    pyserial:/dev/ttyUSB0     a serial port, opened by pyserial (CPython)
    pty:                      the other end of a new pty (CPython)
    connect:127.0.0.1:4000    a TCP connection, kept open
    calls:127.0.0.1:4000      a TCP connection for each call, by the class of the serialtalk package
    listen:                   a TCP server on a free port: one connection after another, each until it closes
    listen-calls:             a TCP server on a free port that closes each connection after one command
"""

import select
import socket
import sys

AGAIN = 11 if sys.platform == "linux" else 35
MICROPYTHON = sys.implementation.name == "micropython"


def open_lines(where):
    """Opens the line `where`; returns an iterable of devices: one, or for a server one for each connection.

    Prints where the other end can connect (`port 4000`, `path /dev/pts/4`).
    """
    lines = find_lines(where)
    if isinstance(lines, Listener):
        print("port", lines.port)
    if where == "pty:":
        print("path", lines[0].path)
    return lines


def find_lines(where):
    kind, rest = where.split(":", 1)
    if kind in ("listen", "listen-calls"):
        return Listener(one_command=kind == "listen-calls")
    if kind == "path":
        return [FilePort(rest) if MICROPYTHON else PosixPort(rest)]
    if kind == "pyserial":
        return [PySerialPort(rest)]
    if kind == "pty":
        return [Pty()]
    host, port = rest.split(":")
    if kind == "connect":
        connection = socket.socket()
        connection.connect(address(host, int(port)))
        return [Connection(connection)]
    if kind == "calls":
        return [connection_for_each_call(host, int(port))]
    raise ValueError("unknown line: " + where)


class Closed(OSError):
    """The other end has closed. Raised by `any`, the only method that a waiting SerialTalk calls."""


class Device:
    """Buffers received bytes; subclasses implement `read_available` and `write_some`."""

    one_command = False

    def __init__(self):
        self.received = b""
        self.closed = False

    def any(self):
        # What is not read yet holds up the other end, as it does on a board.
        if len(self.received) < 512:
            self.received += self.read_available()
        if self.closed and not self.received:
            raise Closed()
        return len(self.received)

    def read(self, n=1):
        if len(self.received) < n:
            self.received += self.read_available()
        data, self.received = self.received[:n], self.received[n:]
        return data

    def write(self, data):
        while data:
            data = data[self.write_some(data) :]


class NullDevice(Device):
    """A device that receives nothing. A SerialTalk discards received bytes when it is created, so create it on this device."""

    def read_available(self):
        return b""

    def write_some(self, data):
        return len(data)


class PosixPort(Device):
    """A serial port or pty by path, in CPython."""

    def __init__(self, path):
        import os
        import tty

        super().__init__()
        self.os = os
        self.file = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        tty.setraw(self.file)

    def read_available(self):
        try:
            data = self.os.read(self.file, 4096)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        self.closed = not data
        return data

    def write_some(self, data):
        try:
            return self.os.write(self.file, data)
        except BlockingIOError:
            select.select([], [self.file], [])
            return 0


class Pty(PosixPort):
    """The master end of a pty; `path` is the other end. It stays open while programs open and close the path."""

    def __init__(self):
        import os

        master, slave = os.openpty()
        self.path = os.ttyname(slave)
        super().__init__(self.path)
        os.close(slave)
        self.kept_open, self.file = self.file, master
        os.set_blocking(master, False)


class FilePort(Device):
    """A serial port or pty by path, in MicroPython."""

    def __init__(self, path):
        import termios

        super().__init__()
        self.file = open(path, "r+b", buffering=0)
        termios.setraw(self.file.fileno())
        self.poll = select.poll()
        self.poll.register(self.file, select.POLLIN)

    def read_available(self):
        data = b""
        # Not for ever, if the other end keeps sending.
        while len(data) < 256:
            events = self.poll.poll(0)
            if not events:
                break
            # A read of several bytes would block until all of them have arrived.
            byte = self.file.read(1) if events[0][1] & select.POLLIN else b""
            if not byte:
                self.closed = True
                break
            data += byte
        return data

    def write_some(self, data):
        return self.file.write(data)


class PySerialPort:
    """A serial port by path, in CPython, through pyserial."""

    closed = False
    one_command = False

    def __init__(self, path, baud=115200):
        import serial

        self.port = serial.Serial(path, baud, timeout=0)

    def any(self):
        try:
            return self.port.in_waiting
        except OSError:
            self.closed = True
            raise Closed()

    def read(self, n=1):
        return self.port.read(n)

    def write(self, data):
        self.port.write(data)


class Connection(Device):
    """A connected TCP socket."""

    def __init__(self, connection, one_command=False):
        super().__init__()
        self.one_command = one_command
        self.socket = connection
        self.socket.setblocking(False)
        self.poll = select.poll()
        self.poll.register(connection, select.POLLOUT)

    def read_available(self):
        try:
            data = self.socket.recv(4096)
        except OSError as error:
            if error.args[0] == AGAIN:
                return b""
            data = b""
        self.closed = not data
        return data

    def write_some(self, data):
        try:
            return self.socket.send(data)
        except OSError as error:
            if error.args[0] != AGAIN:
                raise
            self.poll.poll()
            return 0


class Listener:
    """A TCP server on a free port of this machine; iterating over it yields the connections."""

    def __init__(self, one_command):
        self.one_command = one_command
        self.socket = socket.socket()
        # Tries ports at random, because MicroPython cannot query the port that the system chose.
        import random

        for tries_left in range(99, -1, -1):
            self.port = random.randint(20000, 32000)
            try:
                self.socket.bind(address("127.0.0.1", self.port))
                break
            except OSError:
                if not tries_left:
                    raise
        self.socket.listen(5)
        self.poll = select.poll()
        self.poll.register(self.socket, select.POLLIN)

    def __iter__(self):
        while not stdin_is_closed():
            if self.poll.poll(100):
                connection, _ = self.socket.accept()
                yield Connection(connection, self.one_command)
                connection.close()


STDIN = select.poll()
STDIN.register(sys.stdin, 0)


def stdin_is_closed():
    """Whether standard input is closed, because the program that started this one has ended."""
    return bool(STDIN.poll(0))


def address(host, port):
    return socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)[0][-1]


def connection_for_each_call(host, port):
    if MICROPYTHON:
        from serialtalk.usockets import ClientSocketSerial
    else:
        from serialtalk.sockets import ClientSocketSerial
    device = ClientSocketSerial(host, port)
    device.closed = device.one_command = False
    return device
