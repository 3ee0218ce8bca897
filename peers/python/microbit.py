# A robot that serves SerialTalk commands, small enough for MicroPython 1.9 on a micro:bit.
from microbit import uart
import micropython
import struct


def read(count):
    data = b""
    while len(data) < count:
        data += uart.read(count - len(data)) or b""
    return data


def mult(a, b):
    return "f", a * b


def imu():
    return "3f", 0.0, 0.125, 9.75


def echo(*values):
    return "repr", values


COMMANDS = {b"mult": mult, b"imu": imu, b"echo": echo}


def pack(form, *values):
    if form == "repr":
        return b"\x04repr" + bytes(repr(values[0]), "ascii")
    return bytes([len(form)]) + bytes(form, "ascii") + struct.pack(form, *values)


def serve():
    if read(1) != b"<":
        return
    body = read(read(1)[0])
    if read(1) != b">":
        return
    end = 1 + body[0]
    name = body[1:end]
    size = body[end]
    try:
        if name not in COMMANDS:
            raise KeyError("Command not found: " + str(name, "ascii"))
        form = str(body[end + 1:end + 1 + size], "ascii")
        values = () if form == "z" else struct.unpack(form, body[end + 1 + size:])
        ending, payload = b"ack", pack(*COMMANDS[name](*values))
    except Exception as error:
        ending, payload = b"err", pack("repr", (repr(error),))
    name += ending
    uart.write(b"<" + bytes([1 + len(name) + len(payload), len(name)]) + name + payload + b">")


# Frames may contain the byte 3, which is Ctrl-C.
micropython.kbd_intr(-1)
uart.write("ready\n")
while True:
    serve()
