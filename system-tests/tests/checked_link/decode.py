"""Decodes recorded sessions of the checked link, by `spec/checked-link.md` alone. Standard input has a line for each

    signature SIGNATURE | STRUCT FORMAT OF THE ARGUMENTS | STRUCT FORMAT OF THE VALUE
    MS host|board receives BYTES IN HEX
    MS host|board restarts
    MS host|board ends a call

where a format is empty if the values are not packed under a fixed one. For each frame that arrives there is a line out.
"""

import ast
import struct
import sys

SIZE = 29  # of a hello and of an answer
HELLO_SEED = 0xABCDEF
SILENCE, REST, LEASE = 20, 500, 2000
KINDS = {0: "CALL", 1: "NAMED", 2: "CALL", 6: "NOTE", 7: "AGAIN", 8: "REPLY", 9: "ERROR", 11: "GONE", 15: "BYE"}
OTHER = {"host": "board", "board": "host"}
RANDOM = ("host",)  # the ends that have random numbers


def crc24(data, seed):
    crc = seed
    for byte in data:
        crc ^= byte << 16
        for _ in range(8):
            crc <<= 1
            if crc & 0x1000000:
                crc ^= 0x15D6DCB
    return crc ^ 0xFFFFFF


def unstuff(segment):
    """What was stuffed; None if the distances do not lead to the end."""
    data, at = bytearray(segment), 0
    while at < len(data):
        distance, data[at] = data[at], 0
        at += distance
    return bytes(data[1:]) if at == len(data) else None


def number(digits):
    value = 0
    for digit in digits:
        if digit & 0xC0 != 0x40:
            return None
        value = value << 6 | digit & 0x3F
    return value


def fnv(text):
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def greeting(frame, name, seed):
    """The fields of a hello or an answer before LIMIT, and LIMIT; None if it is damaged."""
    begin = bytes((len(name),)) + name
    if len(frame) != SIZE or not frame.startswith(begin, 2):
        return None
    fields, crc = frame[2 + len(begin) : -5], number(frame[-5:-1])
    if crc != crc24(frame[3:-5], seed) or fields[1] != ord("~"):
        return None
    return fields[:1], fields[2:-3], number(fields[-3:-1])


class Session:
    """What both ends have in common."""

    def __init__(self, nonces):
        self.nonces = nonces
        self.token = sum(nonces.values()) & 0xFFFFFF
        self.token = {0: 1, 0xFFFFFF: 0xFFFFFE}.get(self.token, self.token)
        self.last = {"host": 0, "board": 0}  # calls that each end has served
        self.note = {"host": 0, "board": 0}
        self.commands = {"host": {}, "board": {}}  # commands of each end by number
        self.calls = {"host": {}, "board": {}}  # served by each end, without a reply
        self.confirmed = set()  # to which ends

    def seed(self, receiver):
        """Of the frames that an end receives."""
        sender = OTHER[receiver]
        return self.token if self.nonces[sender] > self.nonces[receiver] else self.token ^ 0xFFFFFF


class Command:
    """A command of both ends, by its signature."""

    def __init__(self, line):
        signature, self.arguments, self.value = (part.strip() for part in line.split("|"))
        self.name, self.hash = signature.partition("(")[0], fnv(signature)


class End:
    """What an end receives."""

    def __init__(self, name, recording):
        self.name, self.recording = name, recording
        self.session, self.pending, self.heard, self.live = None, b"", 0, 0
        self.hellos = {}  # when a hello arrived here, by nonce, and its token
        self.given_up = -1  # until when hellos of this end arrived that are not to be answered any more

    def say(self, ms, text):
        print(ms, self.name, text)

    def receive(self, ms, data):
        self.wait(ms)
        self.pending, self.heard = self.pending + data, ms
        self.take(ms)

    def wait(self, ms):
        """Nothing arrives for some time: a hello counts then, and the rest of a plain frame is not awaited."""
        if ms - self.heard >= SILENCE and self.hello(self.heard + SILENCE, self.pending[-SIZE:]):
            self.pending = b""
        self.take(ms)
        while self.pending and ms >= self.live and ms - self.heard >= REST:
            self.pending = self.pending[1:]
            self.take(ms)

    def take(self, ms):
        while self.checked(ms) if ms < self.live else self.plain(ms):
            pass

    def checked(self, ms):
        """Takes what precedes a zero; false if there is none."""
        segment, zero, rest = self.pending.partition(b"\0")
        if not zero:
            return self.answer_at_end(ms)
        self.pending = rest
        if segment and not self.frame(ms, segment) and not self.answer(ms, segment[-SIZE:]):
            self.say(ms, "damage" if len(segment) >= 5 else "noise")
        return True

    def plain(self, ms):
        """Takes a plain frame, or a byte that begins none; false if there is nothing, or the rest is missing."""
        pending = self.pending = self.pending[self.pending.find(b"<") :] if b"<" in self.pending else b""
        if len(pending) < 3 or len(pending) < pending[1] + 3 and pending[2] < pending[1]:
            return self.answer_at_end(ms)
        end = pending[1] + 3
        if pending[2] >= pending[1] or pending[end - 1] != ord(">"):
            self.pending = pending[1:]
            return True
        frame, self.pending = pending[:end], pending[end:]
        if not self.hello(ms, frame) and not self.answer(ms, frame):
            name, payload = frame[3 : 3 + frame[2]], frame[3 + frame[2] : -1]
            self.say(ms, f"plain {ascii(name)[2:-1]}({shown(decoded(payload))})")
        return True

    def opens(self, token, nonce):
        """Whether a hello is answered with the session, and not with a hello of this end."""
        if self.session and token == self.session.token:
            self.session.confirmed.add(self.name)
            return True
        is_same = self.session and nonce == self.session.nonces[OTHER[self.name]]
        if is_same and self.name not in self.session.confirmed:
            return True
        if self.name in RANDOM and nonce < 0x800000:
            return False
        self.session = None
        return True

    def answer_at_end(self, ms):
        if not self.answer(ms, self.pending[-SIZE:]):
            return False
        self.pending = b""
        return True

    def hello(self, ms, frame):
        fields = greeting(frame, b"checked?", HELLO_SEED)
        if fields is None or fields[0] != b"1":
            return False
        token, nonce = number(fields[1][:4]), number(fields[1][4:])
        self.hellos[nonce] = (self.heard, token)
        if self.opens(token, nonce):
            self.live = ms + LEASE
        self.say(ms, f"hello token={token:06x} nonce={nonce:06x} limit={fields[2]}")
        return True

    def answer(self, ms, frame):
        peer = self.recording.ends[OTHER[self.name]]
        for nonce, (said, token) in peer.hellos.items():
            fields = greeting(frame, b"checked?ack", nonce ^ token)
            if fields is None or said <= self.given_up:
                continue
            theirs, last = number(fields[1][:4]), number(fields[1][4:])
            ours = nonce if fields[0] == b"N" else token - theirs & 0xFFFFFF
            nonces = {self.name: ours, peer.name: theirs}
            if self.session is None or self.session.nonces != nonces:
                self.session = peer.session if peer.session and peer.session.nonces == nonces else Session(nonces)
            peer.session = self.session
            self.session.confirmed.add(self.name)
            self.live = self.heard + LEASE
            state = fields[0].decode()
            self.say(ms, f"answer {state} nonce={theirs:06x} last={last} limit={fields[2]} token={self.session.token:06x}")
            return True
        return False

    def frame(self, ms, segment):
        content = unstuff(segment) if len(segment) >= 5 and self.session else None
        if content is None or crc24(content[:-3], self.session.seed(self.name)) != int.from_bytes(content[-3:], "big"):
            return False
        self.live = self.heard + LEASE
        self.session.confirmed.add(self.name)
        kind, call, fields = content[0] >> 4, content[0] & 15, content[1:-3]
        said = f"{KINDS.get(kind, 'reserved')} {call}"
        if kind in (0, 1, 2):
            said += f" {self.served(kind, call, fields)}"
        elif kind == 6:
            missing = call - self.session.note[self.name] - 1 & 15
            is_again = call == self.session.note[self.name]
            self.session.note[self.name] = call
            ran = "ignored" if is_again else "runs" + (f", {missing} lost" if missing else "")
            said += f" {self.named(fields)[1]} {ran}"
        elif kind in (8, 9):
            said += f" {self.replied(kind, call, fields)}"
        elif kind == 15:
            self.live = ms
        self.say(ms, said)
        return True

    def served(self, kind, call, fields):
        session = self.session
        command, text, asked = None, None, None
        if kind == 1:
            asked, text = self.named(fields)
        else:
            command = session.commands[self.name][fields[0]]
            text = f"{command.name}({shown(unpacked(command.arguments, fields[1:]))})"
        if call == session.last[self.name] + 1 & 15:
            session.last[self.name] = call
            session.calls[self.name][call] = (kind, command, asked, text)
            return f"{text} runs"
        return f"{text} again" if call == session.last[self.name] else f"{text} ignored"

    def named(self, fields):
        """The hashes that are asked for, or None, and the call as text."""
        name, payload = fields[1 : 1 + fields[0]].decode(), fields[1 + fields[0] :]
        if name == "find_commands" and payload[:5] == b"\x03raw\0":
            return struct.unpack(f"<{(len(payload) - 5) // 4}I", payload[5:]), f"{name}(hashes)"
        return None, f"{name}({shown(decoded(payload))})"

    def replied(self, kind, call, data):
        peer = OTHER[self.name]
        found = self.session.calls[peer].pop(call, None)
        if found is None:
            return "again"
        by, command, hashes, text = found
        if kind == 8 and hashes is not None:
            known = {command.hash: command for command in self.recording.commands}
            self.session.commands[peer].update((i, known[h]) for i, h in zip(data[4:], hashes) if i < 0xFE)
        values = unpacked(command.value, data) if kind == 8 and by == 0 else decoded(data)
        return f"of {text}: {(values[0] if len(values) == 1 else values)!r}"


def unpacked(format, data):
    """Values without their header, if their format is fixed."""
    return packed(format, data) if format else decoded(data)


def packed(format, data):
    return struct.unpack(format if format[:1] in "<>!" else f"<{format}", data)


def decoded(payload):
    """The values of a plain payload."""
    if payload in (b"", b"\x01z", b"\0"):
        return ()
    if payload.startswith(b"\x03raw"):
        return (payload[4:],)
    try:
        if payload.startswith(b"\x04repr"):
            return ast.literal_eval(payload[5:].decode())
        return packed(payload[1 : 1 + payload[0]].decode(), payload[1 + payload[0] :])
    except (ValueError, SyntaxError, struct.error):
        return (payload,)


def shown(values):
    return ", ".join(map(repr, values))


class Recording:
    """Both ends, and the commands that they know."""

    def __init__(self):
        self.commands = []
        self.ends = {name: End(name, self) for name in OTHER}

    def read(self, line):
        if line.startswith("signature "):
            self.commands.append(Command(line[10:]))
            return
        ms, name, does, *data = line.split(maxsplit=3)
        for end in self.ends.values():
            end.wait(int(ms))
        if does == "restarts":
            self.ends[name] = End(name, self)
            self.ends[name].given_up = int(ms)
            print(ms, name, "restarts")
        elif does == "ends":
            self.ends[name].given_up = int(ms) + 1  # bytes are that long on their way
        else:
            self.ends[name].receive(int(ms), bytes.fromhex(data[0]))


if __name__ == "__main__":
    recording = Recording()
    for line in sys.stdin:
        recording.read(line.strip())
