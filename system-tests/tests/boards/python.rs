//! The original SerialTalk in CPython and MicroPython, as a client of each board and as a server for one.

use std::net::{TcpListener, TcpStream};

use peers::{Interpreter, Line, Peer, Venv, wire};

use crate::{Example, bridge, on_each_board};

on_each_board!(cpython_calls_it, micropython_calls_it);

fn cpython_calls_it(example: Example) {
    python_calls_it(example, Interpreter::CPython);
}

fn micropython_calls_it(example: Example) {
    python_calls_it(example, Interpreter::MicroPython);
}

/// Starts a board, and a Python client on its line.
pub(crate) fn client(
    interpreter: Interpreter,
    venv: &Venv,
    example: Example,
) -> Option<(peers::Board, Peer)> {
    let (board, line) = example.start()?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let client = venv.client(interpreter, Line::Connect(listener.local_addr().unwrap()));
    let (socket, _) = listener.accept().unwrap();
    wire(socket, line);
    Some((board, client))
}

fn python_calls_it(example: Example, interpreter: Interpreter) {
    let venv = peers::require!();
    let Some((_board, mut client)) = client(interpreter, &venv, example) else { return };
    assert_eq!(client.call("'mult', 'ff', 1.5, 2.0"), "('multack', 3.0)");
    assert_eq!(client.call("'imu'").split(", ").next(), Some("('imuack'"));
    assert_eq!(client.call("'name'"), "('nameack', 'R2 on board')");
    assert_eq!(client.call("'set color', 'repr', [255, 0, 7]").split(',').next(), Some("('set colorack'"));
    let said = client.call("'calibrate'");
    assert!(said.contains("Command failed: Moving(speed=3)"), "{said}");
    let said = client.call("'led', 'i', 70000");
    assert!(said.starts_with("('lederr'") && said.contains("70000"), "{said}");
    let said = client.call("'nope'");
    assert!(said.contains("Command not found: nope"), "{said}");
    assert_eq!(client.call("'dbg reflect', 'raw', b'abc'"), "('dbg reflectack', b'abc')");
    let said = client.ask("repeat 200 'mult', 'ff', n, 2.0");
    assert!(said.starts_with("(200, ('multack', 398.0)"), "{said}");
}

fn is_called(interpreter: Interpreter) {
    let venv = peers::require!();
    let Some((_board, mut relay, far)) = bridge::start() else { return };
    let server = venv.serve(interpreter, Line::Listen);
    wire(far, TcpStream::connect(server.address()).unwrap());
    bridge::drive(&mut relay, 200);
    assert_eq!(relay.imu().unwrap().z, 9.75);
}

#[test]
fn cpython_is_called_by_a_board() {
    is_called(Interpreter::CPython);
}

#[test]
fn micropython_is_called_by_a_board() {
    is_called(Interpreter::MicroPython);
}
