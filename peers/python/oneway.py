"""A SerialTalk peer that sends and serves one-way commands: `oneway.py LINE LIBRARY FOLDER CALLS SERVES`, LINE as in device.py.

LIBRARY is the module that provides SerialTalk: `serialtalk`, or `serialtalk_peer`, which is in FOLDER.

Sends CALLS commands `bump`, with the numbers from 0, and serves those of the other end, which have to come with the numbers from
0 too. Prints `ready`; prints `done SERVED WRONG` when it has sent all and served SERVES; serves on until its standard input closes.
"""

import sys
import time

from device import NullDevice, open_lines, stdin_is_closed


def main(where, library, folder, calls, serves):
    sys.path.append(folder)
    st = __import__(library).SerialTalk(NullDevice())
    bumps = Bumps()
    st.add_command(bumps.bump, "", "bump")
    process, send = original(st) if library == "serialtalk" else (st.process, st.send_command)
    device = next(iter(open_lines(where)))
    st.serial = st.device = device
    print("ready")
    for n in range(int(calls)):
        # A command of the other end, and the reply to an earlier one of this end.
        process()
        process()
        send("bump", "I", n)
    while bumps.served < int(serves):
        process() or time.sleep(0.001)
    print("done", bumps.served, bumps.wrong)
    while not stdin_is_closed():
        process() or time.sleep(0.001)


class Bumps:
    served = wrong = 0

    def bump(self, n):
        self.wrong += n != self.served
        self.served += 1


def original(st):
    """What `process` and `send_command` of the small peer do, with the original package."""

    def process():
        has_arrived = st.any() > 0
        if has_arrived:  # Otherwise the package waits for a command.
            st.process()
        return has_arrived

    def send(*what):
        st.send_command(*what, flush=False)  # Otherwise it throws away what has arrived.

    return process, send


main(*sys.argv[1:])
