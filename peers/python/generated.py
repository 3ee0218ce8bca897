"""Runs a module that was generated from interfaces: `generated.py LINE LIBRARY FOLDERS ROLE`, LINE as in device.py.

LIBRARY is the module that provides SerialTalk: `serialtalk` or `serialtalk_peer`. FOLDERS, separated by `:`, hold it and the
module `wide`. Prints `ready`. Then, by ROLE:

    client    evaluates each line of standard input, in which `wide` is a WideClient, `st` its SerialTalk, `module` the module
              and `ScriptedTalk` a fake SerialTalk; answers `= VALUE`, or `! ERROR: TEXT` with `|`
              for line feeds
    caller    the same without `wide`
    server    serves the commands of wide_server.py until the line closes, and prints `done`
    bare      serves the generated class itself, whose commands are not implemented
"""

import sys

from device import Closed, NullDevice, open_lines


def main(where, library, folders, role):
    sys.path.extend(folders.split(":"))
    st = __import__(library).SerialTalk(NullDevice(), timeout=60000)
    # Opens the line after loading the module, because the other end may call as soon as the line is open.
    act = server(st, role) if role in ("server", "bare") else client
    lines = open_lines(where)
    print("ready")
    device = next(iter(lines))
    if library == "serialtalk":
        st.serial = device
    else:
        st.device = device
    act(st, role)


def client(st, role):
    import wide

    names = {"module": wide, "st": st, "caught": caught, "ScriptedTalk": ScriptedTalk}
    if role == "client":
        names["wide"] = wide.WideClient(st)
    for line in sys.stdin:
        try:
            print("=", repr(eval(line.strip(), names)))
        except Exception as error:
            print("!", type(error).__name__ + ": " + str(error).replace("\n", "|"))


def caught(call):
    """Returns the value of a call, or the type, command, text and value of the exception that it raises."""
    try:
        return call()
    except Exception as error:
        return type(error).__name__, error.command, error.text, getattr(error, "value", None)


class ScriptedTalk:
    """A fake SerialTalk that receives the given frames, whatever is sent; `done` records the calls."""

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

    def act(st, _):
        try:
            while True:
                st.process()
        except Closed:
            print("done")
        sys.stdin.read()

    return act


main(*sys.argv[1:])
