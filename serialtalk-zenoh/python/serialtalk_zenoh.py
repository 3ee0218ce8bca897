"""Boards at gateways, called over Zenoh. Needs CPython and `pip install eclipse-zenoh==1.10.2`.

    import serialtalk_zenoh
    from robot import RobotClient              # serialtalk generate python

    with serialtalk_zenoh.connect() as session:
        talk = serialtalk_zenoh.ZenohTalk(session, "robots/cell1/arm1")
        robot = RobotClient(talk)
        print(robot.mult(5.9, 94))
        for number, value in talk.stream("imu"):
            print(number, value)

A gateway of this machine and this user is reached without an address; others by
`connect("quic/host:7447", certificates=("ca.pem", "me.pem", "me.key"))`.
"""

import ast
import json
import os
import struct
import sys
import time
import urllib.parse
from typing import Any, Iterator, Optional, Tuple, Union

import zenoh

LEASE = 2.0  # For how many seconds what was sent may still arrive.
LONGEST = 60.0  # How many seconds one attempt waits; a call that may take longer is then asked for again.
LATE = "late"  # Nothing came in time.
UNANSWERED = 8  # How often nobody may answer although the gateway is there.

# The failures in which the command did not run, and those in which it did. Of others nobody knows.
NOT_RUN = ("unreachable", "several", "no_such_board", "down", "other_run", "busy", "skew", "forbidden", "not_checked")
RAN = ("reply_lost", "too_large")

DENIED = "its gateway runs and does not answer; access to the command may be denied"

ONEWAY, HAS_INCARNATION = 1, 8  # Flags of attachments.
NAMES = {"inf": float("inf"), "nan": float("nan")}  # As they are printed.

TEXTS = {
    "unreachable": "cannot be reached: no gateway that has it answered within {waited_ms} ms; "
    "it does not run, the network is cut, or access is denied",
    "several": "is ambiguous: {found} have it; name one gateway, or give them different names",
    "no_such_board": "is no board of its gateway",
    "down": "is down: {reason}",
    "other_run": "cannot be called: its gateway restarts again and again",
    "busy": "is busy: {waiting} calls wait for it; call it less often, or later",
    "skew": "has the command with another signature, {theirs}: generate the client again",
    "forbidden": "is not called by its gateway: {reason}",
    "lost": "may have run the call, which is lost: {reason}; call it again only if it may run twice",
    "closed": "closed its line",
    "restarted": "restarted before it answered; it may have run the call",
    "reply_lost": "ran the call, and its reply was lost",
    "not_checked": "does not speak the checked link, which its gateway requires",
    "too_large": "replied with {size} bytes, which its gateway cannot take",
    "line": "may have run the call: its line failed: {text}",
}


class FleetError(Exception):
    """A call has no reply. `failure` says why in a word, and `ran` whether the command ran; None if nobody knows."""

    def __init__(self, board: str, failure: str, **details: Any) -> None:
        text = TEXTS.get(failure, "failed: its gateway says %s" % failure).format(**details)
        super().__init__("%s %s%s" % (board, text, _printed(details)))
        self.failure = failure
        self.ran = True if failure in RAN else False if failure in NOT_RUN else None


class Lost(FleetError):
    """Whether the command ran is not known, and the gateway is not there to be asked."""


Route = Tuple[str, int]  # A gateway, and the number of one of its runs.


def connect(
    *addresses: str, certificates: Optional[Tuple[str, str, str]] = None, insecure: bool = False
) -> zenoh.Session:
    """Connects to the gateway of this machine, or to the first router that answers at one of the addresses.

    `certificates` are the files of the authority, of this program's certificate and of its key, for `quic/` addresses. With
    `insecure` it connects to `tcp/` addresses, too, where everybody may do everything.
    """
    for address in addresses:
        kind = address.split("/")[0]
        if kind == "quic" and not certificates:
            raise ValueError("%s needs certificates: of the authority, and of this program with its key" % address)
        if kind == "tcp" and not insecure:
            raise ValueError("%s is not encrypted: use quic/ and certificates, or say insecure=True" % address)
        if kind not in ("quic", "tcp", "unixsock-stream"):
            text = "%r is no address: write `unixsock-stream/PATH`, `quic/HOST:PORT` or `tcp/HOST:PORT`"
            raise ValueError(text % address)
    config = zenoh.Config()
    settings = {
        "mode": "client",
        "connect/endpoints": list(addresses) or [_local()],
        "connect/timeout_ms": 1500,
        "connect/retry": {"period_init_ms": 100, "period_max_ms": 1000, "period_increase_factor": 2},
        "scouting/multicast/enabled": False,
        "scouting/gossip/enabled": False,
        "transport/link/tx/lease": int(LEASE * 1000),
    }
    if certificates:
        ca, certificate, key = certificates
        settings["transport/link/tls"] = {
            "root_ca_certificate": ca,
            "connect_certificate": certificate,
            "connect_private_key": key,
            "enable_mtls": True,
            "verify_name_on_connect": True,
            "close_link_on_expiration": True,
        }
    for key, value in settings.items():
        config.insert_json5(key, json.dumps(value))
    return zenoh.open(config)


def _local() -> str:
    """The address of the socket of this machine, for its user."""
    folder = os.environ.get("XDG_RUNTIME_DIR")
    if folder:
        return "unixsock-stream/%s/serialtalk-fleet.sock" % folder
    folder = "/tmp/serialtalk-%d" % os.getuid()
    if os.path.exists(folder) and os.lstat(folder).st_uid != os.getuid():
        raise PermissionError("%s belongs to another user: remove it, or set XDG_RUNTIME_DIR" % folder)
    return "unixsock-stream/%s/fleet.sock" % folder


class ZenohTalk:
    """A board at a gateway, in place of a SerialTalk: `robots/cell1/arm1`, or `robots/*/arm1` at whatever gateway has it.

    A call runs at most once. It ends at most 2.5 s after its time, which is `timeout` in milliseconds.
    """

    def __init__(self, session: zenoh.Session, board: str, timeout: int = 1500) -> None:
        parts = board.split("/")
        if len(parts) != 3 or not all(parts):
            raise ValueError("%r names no board: write `realm/gateway/board`, or `*` for any gateway" % board)
        self.session = session
        self.board = board
        self.timeout = timeout
        self._route: Optional[Route] = None
        self._used = 0.0  # When it was found or brought a reply.

    def call(self, name: str, *what: Any) -> Tuple[str, Any]:
        """Calls a command: `call("mult", "2f", 1.5, 2.0)`.

        Returns the name of the reply, `multack` or `multerr`, and its value; `("err", ...)` if the board did not answer in
        time. Raises a FleetError if there is no reply for another reason.
        """
        answer = self._carry(name, _encode(what), 0)
        if isinstance(answer, dict):
            text = "no answer to %s within %d ms" % (name, answer["waited_ms"])
            return "err", text + _printed(answer)
        is_error, payload = answer
        return name + ("err" if is_error else "ack"), _decode(payload)

    def send_command(self, name: str, *what: Any) -> None:
        """Sends a command, and waits until its gateway has written it to the board's line."""
        answer = self._carry(name, _encode(what), ONEWAY)
        if isinstance(answer, dict):
            text = "its line took nothing in time"
            if answer["ran"] == "no":
                raise FleetError(self.board, "down", reason=text)
            raise FleetError(self.board, "line", text=text)

    def stream(self, command: str, waiting: int = 1024) -> Iterator[Tuple[int, Any]]:
        """The values that the board sends by itself under a name, or that its gateway polls, from now on, with their numbers.

        If more than so many wait to be taken the oldest are lost: the numbers have a gap then.
        """
        key = "%s/stream/%s" % (self.board, _chunk(command))
        subscriber = self.session.declare_subscriber(key, zenoh.handlers.RingChannel(waiting))
        # Routers take what a session sends in its order: once they have answered, they know of the subscription.
        list(self.session.get(key, target=zenoh.QueryTarget.ALL, timeout=0.5))

        def values() -> Iterator[Tuple[int, Any]]:
            with subscriber:
                for sample in subscriber:
                    if sample.attachment is None:
                        raise ValueError("a value of %s has no number" % sample.key_expr)
                    number = int.from_bytes(sample.attachment.to_bytes(), "little")
                    yield number, _decode(sample.payload.to_bytes())

        return values()

    def _carry(self, name: str, payload: bytes, flags: int) -> Any:
        """Whether the reply is an error, and its payload; what the gateway says if the board did not answer in time.

        That nobody answers does not mean that the command did not run. Only the gateway to which it was sent knows, as long as
        it runs: it answers the same call again with the reply that it has kept.
        """
        end = time.monotonic() + self.timeout / 1000
        # While a machine sleeps, the first clock may stand still; the second may be set.
        wall_end = time.time() + self.timeout / 1000 + LEASE
        # A route that was not used for a while may lead to a gateway that is gone.
        is_fresh = time.monotonic() - self._used < LEASE
        route = self._route if self._route and is_fresh else self._find(end)
        call, attempt, unanswered, has_moved = os.urandom(16), 1, 0, False
        while True:
            may_have_run = attempt > 1
            left = max(end - time.monotonic(), 0)
            flags_and_id = struct.pack("<BB16s", 1, flags | HAS_INCARNATION, call)
            attachment = flags_and_id + struct.pack("<IIQ", int(left * 1000), attempt, route[1])
            answer = self._ask(route, name, payload, attachment, left)
            if isinstance(answer, tuple):
                self._used = time.monotonic()
                return answer
            if isinstance(answer, dict):
                if answer["failure"] == "timeout":
                    return answer
                if answer["failure"] in ("no_such_board", "other_run", "lost"):
                    self._route = None
                if answer["failure"] == "other_run" and time.monotonic() < end:
                    found = self._find(end)
                    if found == route:
                        attempt += 1
                    else:
                        route, call, attempt = found, os.urandom(16), 1
                    continue
                is_elsewhere = answer["failure"] == "no_such_board" and self.board.split("/")[1] == "*"
                if is_elsewhere and not has_moved and not may_have_run:
                    route, call, has_moved = self._find(end), os.urandom(16), True
                    continue
                failed = self._failed(answer)
                raise self._lost(str(failed)) if may_have_run and failed.ran is False else failed
            reason = "no reply came in time" if answer is LATE else DENIED if unanswered else "no reply came"
            unanswered += answer is None
            if unanswered > UNANSWERED:
                raise self._lost(reason)
            if answer is None:
                time.sleep(min(0.05 * 2**unanswered, 0.2, max(end - time.monotonic(), 0)))
            if time.monotonic() >= end or time.time() > wall_end:
                raise self._lost(reason)
            try:
                found = self._find(end)
            except FleetError as error:
                raise self._lost("%s, and then: %s" % (reason, error))
            if found != route:
                raise self._lost("its gateway has restarted")
            attempt += 1

    def _ask(self, route: Route, name: str, payload: bytes, attachment: bytes, left: float) -> Any:
        """One attempt: the reply, what the gateway says, None if nobody answers, or LATE."""
        realm, _, board = self.board.split("/")
        replies = self.session.get(
            "%s/%s/%s/call/%s" % (realm, _chunk(route[0]), board, _chunk(name)),
            payload=payload,
            encoding="application/x-serialtalk",
            attachment=attachment,
            timeout=min(left, LONGEST) + LEASE,
        )
        answer: Any = None
        for reply in replies:
            part: Any = reply.ok or reply.err
            encoding = str(part.encoding)
            if encoding == "application/x-serialtalk":
                return reply.ok is None, part.payload.to_bytes()
            if encoding == "application/json":
                answer = json.loads(part.payload.to_bytes())
                if answer["failure"] != "other_run":  # Another gateway of this name may have it.
                    return answer
                continue
            answer = LATE  # Zenoh's own words: it has waited long enough.
        return answer

    def _find(self, end: float) -> Route:
        """Asks which gateway has the board until one answers: it may just be restarting."""
        self._route = None
        began, pause = time.monotonic(), 0.05
        while True:
            found = self._question(max(end - time.monotonic(), 0.002) / 2)
            if len(found) > 1:
                names = ", ".join(sorted("%s (run %016x)" % route for route in found))
                raise FleetError(self.board, "several", found=names)
            if found:
                self._route, self._used = found.pop(), time.monotonic()
                return self._route
            left = end - time.monotonic()
            if left <= 0:
                raise FleetError(self.board, "unreachable", waited_ms=round((end - began) * 1000))
            time.sleep(min(pause, left))
            pause = min(pause * 2, 0.2)

    def _question(self, within: float) -> Any:
        replies = self.session.get(
            self.board + "/info",
            target=zenoh.QueryTarget.ALL,
            consolidation=zenoh.ConsolidationMode.NONE,
            timeout=within,
        )
        found = set()
        for reply in replies:
            part: Any = reply.ok or reply.err
            if reply.ok:
                info = json.loads(part.payload.to_bytes())
                # Rules are about keys: a gateway speaks for itself only.
                if str(part.key_expr).split("/")[1] == _chunk(info["gateway"]):
                    found.add((info["gateway"], int(info["incarnation"], 16)))
            elif str(part.encoding) == "application/json" and self.board.split("/")[1] != "*":
                raise self._failed(json.loads(part.payload.to_bytes()))
        return found

    def _failed(self, answer: Any) -> FleetError:
        kind = Lost if answer["failure"] == "lost" else FleetError
        return kind(self.board, **answer)

    def _lost(self, reason: str) -> FleetError:
        self._route = None
        return Lost(self.board, "lost", reason=reason)


def _printed(details: Any) -> str:
    """What the board printed in place of a reply."""
    lines = details.get("printed", "").splitlines()
    return "\n  the board printed:" + "".join("\n    " + line for line in lines) if lines else ""


def _chunk(name: str) -> str:
    """The part of a key that stands for a name."""
    return urllib.parse.quote(name, safe=" !\"&'()+,-.:;<=>[\\]^_`{|}~")


def _encode(what: Any) -> bytes:
    """The payload of `call(name, *what)`: `what` is a format and its values, nothing, or bytes without a format."""
    form, values = what[0] if what else "z", what[1:]
    if not isinstance(form, str):
        return bytes(form)
    if form in ("", "z"):
        return b"\x01z"
    if form == "raw":
        return b"\x03raw" + bytes(values[0])
    if form == "repr":
        return b"\x04repr" + repr(values).encode()
    return bytes((len(form),)) + form.encode() + struct.pack(form, *values)


def _decode(data: bytes) -> Any:
    """The value of a payload: None, a tuple of several, or the only one. What no format fits is bytes."""
    if data == b"\x01z":
        return None
    try:
        end = data[0] + 1
        form, rest = data[1:end], data[end:]
        if form == b"raw":
            return rest
        values = _literal(rest.decode()) if form == b"repr" else struct.unpack(form, rest)
    except Exception:
        return data
    return values[0] if isinstance(values, tuple) and len(values) == 1 else values


class _Numbers(ast.NodeTransformer):
    """Puts numbers in place of their names. Other names stay, and are no literals."""

    def visit_Name(self, node: ast.Name) -> Union[ast.Name, ast.Constant]:
        return ast.Constant(NAMES[node.id]) if node.id in NAMES else node


def _literal(text: str) -> Any:
    """The value of a literal. Nothing that another program wrote is run."""
    return ast.literal_eval(_Numbers().visit(ast.parse(text, mode="eval")))


def main() -> None:
    """Calls a command of a board with values as Python writes them: `serialtalk_zenoh.py robots/cell1/arm1 mult 5.9 94`."""
    if len(sys.argv) < 3:
        sys.exit("usage: serialtalk_zenoh.py BOARD COMMAND [VALUE...]")
    board, command, *values = sys.argv[1:]
    with connect() as session:
        print(ZenohTalk(session, board).call(command, "repr", *map(ast.literal_eval, values)))


if __name__ == "__main__":
    main()
