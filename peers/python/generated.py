"""Runs a module that was made from interfaces: `generated.py LINE LIBRARY FOLDERS ROLE`, LINE as in device.py.

LIBRARY is what SerialTalk comes from: `serialtalk` or `serialtalk_peer`. FOLDERS, separated by `:`, is where it and the
module `wide` are found. Prints `ready`. Then, by ROLE:

    client    evaluates each line of standard input, in which `wide` is a WideClient, `st` its SerialTalk, `module` the module
              and `Script` stands in for a SerialTalk; answers `= VALUE`, or `! ERROR: TEXT`
    server    serves the commands of wide_server.py until the line closes, and prints `done`
    bare      serves the same commands, none of them written
"""

import sys

from device import Closed, Nowhere, open_lines


def main(where, library, folders, role):
    sys.path.extend(folders.split(":"))
    st = __import__(library).SerialTalk(Nowhere(), timeout=60000)
    # Not before the module is loaded: the other end may call as soon as the line is open.
    act = client if role == "client" else server(st, role)
    lines = open_lines(where)
    print("ready")
    device = next(iter(lines))
    if library == "serialtalk":
        st.serial = device
    else:
        st.device = device
    act(st)


def client(st):
    import wide

    names = {"wide": wide.WideClient(st), "module": wide, "st": st, "caught": caught, "Script": Script}
    for line in sys.stdin:
        try:
            print("=", repr(eval(line.strip(), names)))
        except Exception as error:
            print("!", type(error).__name__ + ": " + str(error))


def caught(call):
    """What a call raises: its type, its command, its text and, if it has one, its value."""
    try:
        return call()
    except Exception as error:
        return type(error).__name__, error.command, error.text, getattr(error, "value", None)


class Script:
    """A SerialTalk to which these frames come, whatever it sends; `done` is what it was made to do."""

    timeout = 1500

    def __init__(self, *frames):
        self.frames = list(frames)
        self.done = []

    def call(self, *what):
        self.done.append(("call", what))
        return self.receive_command()

    def receive_command(self):
        return self.frames.pop(0) if self.frames else ("err", "nothing")


def server(st, role):
    import wide_server

    if role == "bare":
        wide_server.WideServer().register(st)
    else:
        wide_server.Wide().register(st)
        wide_server.spare = wide_server.Spare()

    def act(st):
        try:
            while True:
                st.process()
        except Closed:
            print("done")
        sys.stdin.read()

    return act


main(*sys.argv[1:])
