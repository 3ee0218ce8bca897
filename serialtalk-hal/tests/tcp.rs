//! TCP and socket pairs.
#![cfg(feature = "tcp")]

mod common;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use common::*;
use serialtalk::link::{Link, Received};
use serialtalk_hal::tcp::{TcpLink, TcpServer};
use serialtalk_hal::{LinkError, OpenError};

fn server_and_client() -> (TcpLink, TcpLink) {
    let mut server = TcpServer::bind("127.0.0.1:0").unwrap();
    let client = TcpLink::connect(server.local_addr()).unwrap();
    let accepted = server.accept(LONG_MS).unwrap().expect("a client has connected");
    (accepted, client)
}

#[test]
fn every_byte_crosses_both_ways() {
    let (mut server, mut client) = server_and_client();
    assert_both_ways(&mut server, &mut client);
}

#[test]
fn reads_wait_no_longer_than_told() {
    let (mut server, mut client) = server_and_client();
    assert_waits_are_bounded(&mut server);
    assert_waits_are_bounded(&mut client);
    assert_both_ways(&mut server, &mut client);
}

#[test]
fn a_server_waits_no_longer_than_told_for_a_client() {
    let mut server = TcpServer::bind("127.0.0.1:0").unwrap();
    assert!(server.accept(0).unwrap().is_none());
    assert!(server.accept(20).unwrap().is_none());
}

#[test]
fn a_server_serves_one_client_after_another() {
    let mut server = TcpServer::bind("127.0.0.1:0").unwrap();
    let clients: Vec<_> = (0..3).map(|_| TcpLink::connect(server.local_addr()).unwrap()).collect();
    for mut client in clients {
        let mut accepted = server.accept(LONG_MS).unwrap().unwrap();
        assert_both_ways(&mut accepted, &mut client);
    }
}

#[test]
fn the_end_is_reported_after_the_last_byte() {
    let (mut server, mut client) = server_and_client();
    send(&mut server, b"bye");
    drop(server);
    assert_eq!(receive(&mut client, 3), b"bye");
    assert_eq!(receive_outcome(&mut client), Ok(Received::Closed));
    assert_eq!(client.receive(&mut [0; 8], 0), Ok(Received::Closed));
}

#[test]
fn the_end_of_the_peer_ends_a_read_that_waits() {
    let (server, mut client) = server_and_client();
    let reader = thread::spawn(move || receive_outcome(&mut client));
    drop(server);
    assert_eq!(reader.join().unwrap(), Ok(Received::Closed));
}

#[test]
fn a_connection_that_breaks_is_unplugged() {
    let (mut server, mut client) = server_and_client();
    let name = client.name().to_string();
    send(&mut client, b"unread bytes make the operating system reset the connection");
    assert_eq!(receive(&mut server, 1), b"u");
    drop(server);
    assert!(is_unplugged(&receive_outcome(&mut client), &name));
    let broken = loop {
        match client.send(b"x") {
            Ok(_) => {}
            broken => break broken,
        }
    };
    assert!(is_unplugged(&broken, &name));
}

#[test]
fn a_peer_that_does_not_read_ends_the_write() {
    let (_server, mut client) = server_and_client();
    client.set_write_timeout_ms(20);
    let (sent, error) = fill(&mut client);
    assert!(sent > 0);
    assert_eq!(error, LinkError::WriteTimeout { port: client.name().into(), ms: 20 });
}

#[test]
fn an_address_without_a_server_is_refused() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = TcpLink::connect(address).unwrap_err();
    assert_eq!(error, OpenError::Refused { port: address.to_string() });
    assert_eq!(error.to_string(), format!("nobody listens at {address}: start the server first"));
}

#[test]
fn an_address_that_is_in_use_or_invalid_is_an_error() {
    let server = TcpServer::bind("127.0.0.1:0").unwrap();
    assert!(matches!(TcpServer::bind(server.local_addr()), Err(OpenError::Io { .. })));
    assert!(matches!(TcpLink::connect("no port at all"), Err(OpenError::Io { .. })));
}

/// Accepts, answers one command with its bytes in reverse, and accepts again, as Python's example server does.
fn one_command_server(
    rounds: usize,
    mut then: impl FnMut(TcpStream) + Send + 'static,
) -> (String, thread::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let server = thread::spawn(move || {
        for _ in 0..rounds {
            let (mut stream, _) = listener.accept().unwrap();
            let mut command = [0; 4];
            stream.read_exact(&mut command).unwrap();
            command.reverse();
            stream.write_all(&command).unwrap();
            then(stream);
        }
    });
    (address, server)
}

#[test]
fn a_connection_for_each_call_serves_a_server_that_never_closes() {
    let mut kept = Vec::new();
    let (address, server) = one_command_server(3, move |stream| kept.push(stream));
    let mut client = TcpLink::connect(address.as_str()).unwrap().one_connection_per_call();
    for command in [b"abcd", b"efgh", b"ijkl"] {
        // A frame in two parts stays on one connection.
        assert_eq!(client.send(&command[..1]), Ok(1));
        send(&mut client, &command[1..]);
        let mut expected = command.to_vec();
        expected.reverse();
        assert_eq!(receive(&mut client, 4), expected);
    }
    server.join().unwrap();
}

#[test]
fn a_reconnecting_client_works_with_a_server_that_closes() {
    let (address, server) = one_command_server(3, drop);
    let mut client = TcpLink::connect(address.as_str()).unwrap().reconnecting();
    for _ in 0..3 {
        send(&mut client, b"abcd");
        assert_eq!(receive(&mut client, 4), b"dcba");
        while client.is_connected() {
            thread::yield_now();
        }
        // Between calls, the end of the connection is not reported.
        assert_eq!(client.receive(&mut [0; 1], 0), Ok(Received::Nothing));
        assert_eq!(client.receive(&mut [0; 1], 1), Ok(Received::Nothing));
    }
    server.join().unwrap();
    assert!(client.send(b"x").is_err());
}

#[test]
fn a_reconnecting_client_reports_a_connection_closed_before_the_answer() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut client = TcpLink::connect(listener.local_addr().unwrap()).unwrap().reconnecting();
    let (mut stream, _) = listener.accept().unwrap();
    send(&mut client, b"abcd");
    stream.read_exact(&mut [0; 4]).unwrap();
    drop(stream);
    assert_eq!(receive_outcome(&mut client), Ok(Received::Closed));
    // The next call works again.
    let answer = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.read_exact(&mut [0; 4]).unwrap();
        stream.write_all(b"yes").unwrap();
    });
    send(&mut client, b"abcd");
    assert_eq!(receive(&mut client, 3), b"yes");
    answer.join().unwrap();
}

#[cfg(unix)]
mod socket_pair {
    use serialtalk_hal::socket;

    use super::*;

    #[test]
    fn every_byte_crosses_both_ways() {
        let (mut a, mut b) = socket::pair().unwrap();
        assert_both_ways(&mut a, &mut b);
        assert_waits_are_bounded(&mut a);
        assert_both_ways(&mut b, &mut a);
    }

    #[test]
    fn a_dropped_end_closes_the_other() {
        let (a, mut b) = socket::pair().unwrap();
        drop(a);
        assert_eq!(receive_outcome(&mut b), Ok(Received::Closed));
        assert!(is_unplugged(&b.send(b"x"), "socket pair"));
    }

    #[test]
    fn a_peer_that_does_not_read_ends_the_write() {
        let (_a, mut b) = socket::pair().unwrap();
        b.set_write_timeout_ms(20);
        assert_eq!(fill(&mut b).1, LinkError::WriteTimeout { port: "socket pair".into(), ms: 20 });
    }
}
