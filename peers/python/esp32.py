"""Runs the `main.py` of a board as `serialtalk.auto` has it on an ESP32: `esp32.py LINE MAIN`, LINE as in device.py.

The UART of the board is the line. Prints `ready` before MAIN is run, and `done` when the line closes. The program ends when its
standard input closes.
"""

import sys

from device import Closed, open_lines


class Machine:
    """What takes the place of the module `machine`."""

    def UART(_port, **_settings):
        return line


class Board:
    """What takes the place of the module `sys`, which tells the platform."""

    platform = "esp32"
    implementation = sys.implementation
    modules = sys.modules


line = next(iter(open_lines(sys.argv[1])))
main = open(sys.argv[2]).read()
wait = sys.stdin.read
sys.modules["machine"] = Machine
sys.modules["sys"] = Board
print("ready")
try:
    exec(main, {"__name__": "__main__"})
except Closed:
    pass
print("done")
wait()
