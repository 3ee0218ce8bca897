"""Devices for SerialTalk: a serial port, a TCP connection, and a UART of a MicroPython board.

    from serialtalk import SerialTalk
    from serialtalk_devices import SerialPort

    st = SerialTalk(SerialPort("/dev/ttyUSB0"))

Each has `any()`, which tells how many bytes wait, `read(n)`, which returns at most that many without waiting, and
`write(data)`, which sends all. They fit the package `serialtalk` and the small peer `serialtalk_peer`.
"""


class SerialPort:
    """A serial port on a computer, by pyserial."""

    def __init__(self, name, baudrate=115200):
        import serial

        self.port = serial.Serial(name, baudrate, timeout=0)

    def any(self):
        return self.port.in_waiting

    def read(self, n=1):
        return self.port.read(n)

    def write(self, data):
        self.port.write(data)

    def close(self):
        self.port.close()


class Connection:
    """A TCP connection to a server, on CPython and MicroPython."""

    def __init__(self, host, port):
        import select
        import socket

        self.socket = socket.socket()
        self.socket.connect(socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)[0][-1])
        self.poll = select.poll()
        self.poll.register(self.socket, select.POLLIN)
        self.received = b""

    def any(self):
        while self.poll.poll(0):
            data = self.socket.recv(4096)
            if not data:
                if self.received:
                    break
                raise EOFError("the other end closed the connection")
            self.received += data
        return len(self.received)

    def read(self, n=1):
        data, self.received = self.received[:n], self.received[n:]
        return data

    def write(self, data):
        while data:
            data = data[self.socket.send(data) :]

    def close(self):
        self.socket.close()


class Uart:
    """A UART of a MicroPython board: `Uart(machine.UART(1, 115200))`."""

    def __init__(self, uart):
        self.uart = uart

    def any(self):
        return self.uart.any()

    def read(self, n=1):
        # MicroPython returns None where nothing waits.
        return self.uart.read(n) or b""

    def write(self, data):
        while data:
            data = data[self.uart.write(data) or 0 :]
