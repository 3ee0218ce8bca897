# A robot that speaks SerialTalk, small enough for MicroPython 1.9 on a micro:bit.
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


COMMANDS = {b"mult": mult, b"imu": imu}


def serve():
    if read(1) != b"<":
        return
    body = read(read(1)[0])
    if read(1) != b">":
        return
    end = 1 + body[0]
    name = body[1:end]
    size = body[end]
    form = body[end + 1:end + 1 + size].decode()
    values = () if form == "z" else struct.unpack(form, body[end + 1 + size:])
    try:
        form, *values = COMMANDS[name](*values)
        ending, payload = b"ack", bytes([len(form)]) + form.encode() + struct.pack(form, *values)
    except Exception as error:
        ending, payload = b"err", b"\x04repr('%s',)" % repr(error).encode()
    name += ending
    uart.write(b"<" + bytes([1 + len(name) + len(payload), len(name)]) + name + payload + b">")


micropython.kbd_intr(-1)
while True:
    serve()
