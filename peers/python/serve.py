"""A SerialTalk server: `serve.py LINE [TIMEOUT_MS]`, LINE as in device.py.

Prints `ready`; serves until the line closes or `stop` is called; prints `done N`, the number of answered commands; keeps the
line open until its standard input closes, so that the other end can read what was sent.
"""

import sys

from commands import Commands
from device import NullDevice, stdin_is_closed, open_lines
from serialtalk import SerialTalk


def main(where, timeout=1500):
    commands = Commands(SerialTalk(NullDevice(), timeout=int(timeout)))
    lines = open_lines(where)
    print("ready")
    for device in lines:
        commands.st.serial = device
        while not (device.closed or commands.stopped or stdin_is_closed()):
            if commands.process() and device.one_command:
                break
        if commands.stopped:
            break
    print("done", commands.served)
    sys.stdin.read()


main(*sys.argv[1:])
