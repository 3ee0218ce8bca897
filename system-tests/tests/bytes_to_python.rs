//! Lines between Rust and a peer carry bytes, whichever end has opened them. Tests of whole calls rely on this.
#![cfg(unix)]

use peers::{Interpreter, Line};
use serialtalk::link::{Link, Received};
use serialtalk_hal::null_modem::NullModem;
use serialtalk_hal::pty::PtyLink;
use serialtalk_hal::tcp::{TcpLink, TcpServer};

const REQUEST: &[u8] = b"<\x10\x04mult\x02ff\0\0\xc0?\0\0\0@>";
const REPLY: &[u8] = b"<\x0e\x07multack\x01f\0\0@@>";

/// Receives exactly `length` bytes.
fn receive<L: Link>(link: &mut L, length: usize) -> Vec<u8>
where
    L::Error: core::fmt::Debug,
{
    let mut bytes = Vec::new();
    while bytes.len() < length {
        let mut buffer = [0; 300];
        match link.receive(&mut buffer, 60_000).expect("the line works") {
            Received::Bytes(count) => bytes.extend(buffer.iter().take(count)),
            Received::Nothing => {}
            other => panic!("{other:?} after {bytes:?}"),
        }
    }
    bytes
}

#[test]
fn a_server_answers_over_a_pty() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let mut pty = PtyLink::open().unwrap();
        let _server = venv.serve(interpreter, Line::path(pty.path()));
        pty.send(REQUEST).unwrap();
        assert_eq!(receive(&mut pty, REPLY.len()), REPLY);
    }
}

#[test]
fn a_client_calls_over_a_pty() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let mut pty = PtyLink::open().unwrap();
        let mut client = venv.client(interpreter, Line::path(pty.path()));
        client.say("call 'mult', 'ff', 1.5, 2.0");
        assert_eq!(receive(&mut pty, REQUEST.len()), REQUEST);
        pty.send(REPLY).unwrap();
        assert_eq!(client.answer().as_deref(), Ok("('multack', 3.0)"));
    }
}

#[test]
fn two_peers_meet_on_a_null_modem() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let cable = NullModem::new().unwrap();
        let (near, far) = cable.paths();
        let _server = venv.serve(interpreter, Line::path(near));
        let mut client = venv.client(interpreter, Line::path(far));
        assert_eq!(client.call("'mult', 'ff', 1.5, 2.0"), "('multack', 3.0)");
        assert_eq!(client.ask("repeat 100 'count', 'q', n").split_once(", ").unwrap().0, "(100");
    }
}

#[test]
fn a_server_answers_over_tcp() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let server = venv.serve(interpreter, Line::Listen);
        for _ in 0..2 {
            let mut link = TcpLink::connect(server.address()).unwrap();
            link.send(REQUEST).unwrap();
            assert_eq!(receive(&mut link, REPLY.len()), REPLY);
        }
    }
}

#[test]
fn a_client_calls_over_tcp_with_one_connection_or_many() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        for line in [Line::Connect, Line::ConnectEachCall] {
            let mut server = TcpServer::bind("127.0.0.1:0").unwrap();
            let mut client = venv.client(interpreter, line(server.local_addr()));
            let each_call = line(server.local_addr()) == Line::ConnectEachCall(server.local_addr());
            let mut link = server.accept(60_000).unwrap().expect("the client has connected");
            for call in 0..3 {
                client.say("call 'mult', 'ff', 1.5, 2.0");
                if each_call && call > 0 {
                    link = server.accept(60_000).unwrap().expect("the client has connected again");
                }
                assert_eq!(receive(&mut link, REQUEST.len()), REQUEST);
                link.send(REPLY).unwrap();
                assert_eq!(client.answer().as_deref(), Ok("('multack', 3.0)"));
            }
        }
    }
}
