"""A SerialTalk client driven by lines on standard input: `client.py LINE [TIMEOUT_MS]` prints `ready`, then one line for each line read.

    call 'mult', 'ff', 1.5, 2.0      st.call of these arguments; the answer is its repr
    eval st.get_remote_commands()    any expression, in which `st` is the SerialTalk; the answer is its repr
    repeat 1000 'count', 'q', n      makes 1000 calls, `n` counting from 0; the answer is a tuple: how often the reply was
                                     an `…ack`, the last reply, the milliseconds it took
    process                          serves one command, if one arrives before the timeout; the answer is True or False
    serve 10                         serves until 10 commands have been answered; the answer is their number

An answer begins with `= `, or with `! ` if the line raised an exception. The end of standard input ends the program.
"""

import sys
import time

from commands import Commands
from device import NullDevice, open_lines
from serialtalk import SerialTalk

now = time.ticks_ms if hasattr(time, "ticks_ms") else lambda: int(time.monotonic() * 1000)


def main(where, timeout=1500):
    commands = Commands(SerialTalk(NullDevice(), timeout=int(timeout)))
    lines = open_lines(where)
    print("ready")
    commands.st.serial = next(iter(lines))
    for line in sys.stdin:
        verb, _, rest = line.strip().partition(" ")
        try:
            print("=", repr(VERBS[verb](commands, rest)))
        except Exception as error:
            print("!", repr(error))


def call(commands, arguments):
    return commands.st.call(*evaluate("(" + arguments + ",)", commands))


def repeat(commands, rest):
    times, _, arguments = rest.partition(" ")
    source = "lambda n: (" + arguments + ",)"
    each = evaluate(source, commands)
    good, reply = 0, None
    start = now()
    for n in range(int(times)):
        request = each(n)
        reply = commands.st.call(*request)
        good += reply[0] == request[0] + "ack"
    return good, reply, now() - start


def serve(commands, number):
    until = commands.served + int(number)
    while commands.served < until and not commands.st.serial.closed:
        commands.process()
    return commands.served - until + int(number)


def evaluate(source, commands):
    return eval(source, {"st": commands.st, "commands": commands})


VERBS = {
    "call": call,
    "eval": lambda commands, source: evaluate(source, commands),
    "repeat": repeat,
    "process": lambda commands, _: commands.process(),
    "serve": serve,
}

main(*sys.argv[1:])
