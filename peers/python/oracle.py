"""Packs, unpacks and evaluates for tests; runs in CPython and, except for `literal_eval`, in MicroPython.

One request a line on standard input, one answer a line on standard output, both JSON in UTF-8:

    {"op": "pack", "format": "<if", "values": [VALUE, ..]}  -> {"ok": BYTES}
    {"op": "unpack", "format": "<if", "data": "0100.."}     -> {"ok": TUPLE}
    {"op": "size", "format": "<if"}                         -> {"ok": INT}
    {"op": "literal_eval", "text": "[1, 2]"}                -> {"ok": VALUE}
    {"op": "eval", "text": "float('nan')"}                  -> {"ok": VALUE}
    {"op": "repr", "value": VALUE}                          -> {"ok": STR}

or {"error": "struct.error: ..."} if Python raised. A VALUE is

    null, true, false
    {"i": "-123"}         an int, in decimal
    {"f": "3ff8.."}       a float, the 16 hex digits of its bits as a binary64
    {"s": "text"}         a str
    {"b": "00ff"}         bytes, in hex
    {"t": [VALUE, ..]}    a tuple
    {"l": [VALUE, ..]}    a list
    {"e": [VALUE, ..]}    a set
    {"d": [[VALUE, VALUE], ..]}  a dict, in order
    {"other": "complex"}  a value of any other type (only in answers)
"""

import json
import struct
import sys


def main():
    print("ready")
    for line in sys.stdin:
        try:
            answer = {"ok": encode(answer_to(json.loads(line)))}
            text = json.dumps(answer)
        except Exception as error:
            text = json.dumps({"error": type(error).__name__ + ": " + str(error)})
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def answer_to(request):
    op = request["op"]
    if op == "pack":
        return struct.pack(request["format"], *[decode(value) for value in request["values"]])
    if op == "unpack":
        return struct.unpack(request["format"], bytes.fromhex(request["data"]))
    if op == "size":
        return struct.calcsize(request["format"])
    if op == "literal_eval":
        import ast

        return ast.literal_eval(request["text"])
    if op == "eval":
        return eval(request["text"], {})
    if op == "repr":
        return repr(decode(request["value"]))
    raise ValueError("unknown op: " + op)


def decode(value):
    if value is None or value is True or value is False:
        return value
    ((kind, inner),) = value.items()
    return DECODERS[kind](inner)


def bits_to_float(digits):
    return struct.unpack(">d", bytes.fromhex(digits))[0]


DECODERS = {
    "i": int,
    "f": bits_to_float,
    "s": str,
    "b": bytes.fromhex,
    "t": lambda items: tuple(decode(item) for item in items),
    "l": lambda items: [decode(item) for item in items],
    "e": lambda items: set(decode(item) for item in items),
    "d": lambda items: dict((decode(key), decode(value)) for key, value in items),
}


def encode(value):
    if value is None or value is True or value is False:
        return value
    kind = type(value)
    if kind is int:
        return {"i": str(value)}
    if kind is float:
        return {"f": struct.pack(">d", value).hex()}
    if kind is str:
        # Rust cannot read a lone surrogate in JSON, so encoding it raises here.
        value.encode()
        return {"s": value}
    if kind is bytes or kind is bytearray:
        return {"b": bytes(value).hex()}
    for tag, of in (("t", tuple), ("l", list), ("e", set)):
        if kind is of:
            return {tag: [encode(item) for item in value]}
    if kind is dict:
        return {"d": [[encode(key), encode(inner)] for key, inner in value.items()]}
    return {"other": kind.__name__}


main()
