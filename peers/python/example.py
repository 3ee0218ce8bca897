"""Runs a function of an example over a line: `example.py LINE FOLDER MODULE FUNCTION`, LINE as in device.py.

Prints `ready`, calls FUNCTION of MODULE, found in FOLDER, with a SerialTalk, and prints `done` when it returns. The program
ends when its standard input closes.
"""

import sys

from device import Closed, NullDevice, open_lines
from serialtalk import SerialTalk


def main(where, folder, module, function):
    sys.path.insert(0, folder)
    act = getattr(__import__(module), function)
    st = SerialTalk(NullDevice())
    lines = open_lines(where)
    print("ready")
    st.serial = next(iter(lines))
    try:
        act(st)
    except Closed:
        pass
    print("done")
    sys.stdin.read()


main(*sys.argv[1:])
