"""mpremote as a library, so that the start of an interpreter is not counted: `upload.py`.

Prints `ready`, then for each line read the seconds that it took, from the open port on:

    write PORT WAY FILE NAME      what is in FILE of this machine becomes NAME on the board
    run PORT WAY FILE NAME        what is in FILE is run; what it printed becomes NAME of this machine

WAY is `pty`, or `port` for how mpremote treats a port that is no pty.
"""

import sys
import time
import traceback

from mpremote.transport_serial import SerialTransport

# Where bytes get lost, mpremote would wait for ever.
TIMEOUT = 5


def write(board, source, name):
    board.fs_writefile(name, source)


def run(board, source, name):
    printed = board.exec(source)
    with open(name, "wb") as file:
        file.write(printed)


def timed(verb, port, way, path, name):
    with open(path, "rb") as file:
        source = file.read()
    board = SerialTransport(port, timeout=TIMEOUT)
    try:
        board.is_pty = way == "pty"
        start = time.perf_counter()
        board.enter_raw_repl(soft_reset=False)
        {"write": write, "run": run}[verb](board, source, name)
        return time.perf_counter() - start
    finally:
        board.close()


print("ready")
for line in sys.stdin:
    try:
        print("=", timed(*line.split()))
    except Exception as error:
        traceback.print_exc()
        print("!", repr(error))
