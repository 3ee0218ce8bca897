"""Decodes payloads with SerialTalk itself: a payload a line in hex on standard input, the repr of its value a line out."""

import sys

from serialtalk import SerialTalk


def main():
    print("ready")
    for line in sys.stdin:
        payload = bytes.fromhex(line.strip())
        frame = bytes((2 + len(payload), 1)) + b"x" + payload
        print(repr(SerialTalk.decode(frame)[1]))
        sys.stdout.flush()


main()
