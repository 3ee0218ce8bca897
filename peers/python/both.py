"""A SerialTalk peer that serves and calls: `both.py LINE HOW ROUNDS SERVES CALLS ARGUMENTS EXPECTED [TIMEOUT_MS]`.

HOW is `turns`: in each round it serves SERVES commands, then makes CALLS calls; calls do not cross if the other end does the opposite.
HOW is `crossed`: in each round it makes CALLS calls, whatever the other end does, then serves the commands that have arrived, SERVES at most.

A call is `st.call(*ARGUMENTS)`, and its reply must be EXPECTED; both are expressions in which `n` counts the calls from 0:
`'twice', 'i', n` and `('twiceack', 2 * n)`. It prints `ready`, then `wrong N REPLY` for each reply that is another `…ack`, and
`done SERVED GOOD WRONG LOST`; a lost call is one whose reply was an error or did not arrive. The program ends when its standard
input closes.
"""

import sys

from commands import Commands
from device import NullDevice, open_lines
from serialtalk import SerialTalk


def main(where, how, rounds, serves, calls, arguments, expected, timeout=1500):
    arguments = eval("lambda n: (" + arguments + ",)")
    expected = eval("lambda n: " + expected)
    serves, calls = int(serves), int(calls)
    commands = Commands(SerialTalk(NullDevice(), timeout=int(timeout)))
    lines = open_lines(where)
    print("ready")
    commands.st.serial = next(iter(lines))
    tally = Tally()
    for _ in range(int(rounds)):
        if how == "turns":
            serve(commands, serves)
        for _ in range(calls):
            request = arguments(tally.calls)
            tally.count(request[0], commands.st.call(*request), expected(tally.calls))
        if how == "crossed":
            for _ in range(serves):
                if commands.st.any() == 0 or not commands.process():
                    break
    print("done", commands.served, tally.good, tally.wrong, tally.lost)
    sys.stdin.read()


def serve(commands, number):
    until = commands.served + number
    while commands.served < until and not commands.st.serial.closed:
        commands.process()


class Tally:
    def __init__(self):
        self.calls = self.good = self.wrong = self.lost = 0

    def count(self, name, reply, expected):
        if reply == expected:
            self.good += 1
        elif reply[0] == name + "ack":
            self.wrong += 1
            print("wrong", self.calls, repr(reply))
        else:
            self.lost += 1
        self.calls += 1


main(*sys.argv[1:])
