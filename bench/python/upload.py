"""Uploads with mpremote as a library, so that the start of an interpreter is not measured: `upload.py`.

Prints `ready`, then for each line read the seconds that it took, after opening the port:

    write PORT WAY FILE NAME      copies the local FILE to NAME on the board
    run PORT WAY FILE NAME        runs the code in the local FILE, and writes its output to the local file NAME

WAY is `pty`, or `port` for the way that mpremote reads from other ports.
"""

import sys
import time
import traceback

from mpremote.transport_serial import SerialTransport

# Without it, mpremote waits for ever after lost bytes.
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
