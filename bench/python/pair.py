"""A SerialTalk client and its server, connected by a socket pair: `pair.py`.

Prints `ready`, then one line for each line read, in the syntax of `client.py` in `peers/python`:

    repeat 1000 'mult', 'ff', 5.9, 94.0      makes 1000 calls; the answer is how often the reply was an `…ack`

Both end when standard input closes.
"""

import os
import socket
import sys

PEERS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "peers", "python")
sys.path.insert(0, PEERS)

from commands import Commands
from device import Connection, NullDevice
from serialtalk import SerialTalk


def main():
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        ours.close()
        serve(Connection(theirs))
        os._exit(0)
    theirs.close()
    st = SerialTalk(NullDevice(), timeout=60000)
    st.serial = Connection(ours)
    print("ready")
    for line in sys.stdin:
        verb, times, arguments = line.strip().split(" ", 2)
        request = eval("(" + arguments + ",)")
        good = sum(st.call(*request)[0] == request[0] + "ack" for _ in range(int(times)))
        print("=", (good,))


def serve(line):
    commands = Commands(SerialTalk(NullDevice()))
    commands.st.serial = line
    while not line.closed:
        commands.process()


main()
