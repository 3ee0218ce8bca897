"""Prints the time of the last message in an MCAP file that may be cut short, in seconds: `last.py FILE`."""

import sys

from mcap.exceptions import McapError
from mcap.reader import NonSeekingReader

last = None
with open(sys.argv[1], "rb") as file:
    try:
        for _, _, message in NonSeekingReader(file).iter_messages(log_time_order=False):
            last = message.log_time
    except McapError:
        pass
print(last / 1e9)
