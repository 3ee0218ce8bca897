//! Commands for servers, and clients that send what they like.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serialtalk::Commands;

use super::LONG_MS;

/// The command `mult` with 2 and 3.
pub(crate) const MULT: &[u8] = b"<\x10\x04mult\x022f\0\0\0@\0\0@@>";

/// Its reply.
pub(crate) const MULTACK: &[u8] = b"<\x0e\x07multack\x01f\0\0\xc0@>";

/// The command `much`, whose reply has more than 200 bytes.
pub(crate) const MUCH: &[u8] = b"<\x07\x04much\x01z>";

pub(crate) fn commands() -> Commands {
    let mut commands = Commands::new();
    commands.add("mult", |a: f32, b: f32| a * b).unwrap();
    commands.add("much", || vec![0u8; 200]).unwrap();
    commands
}

/// A client that sends what it likes.
pub(crate) fn raw_client(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(LONG_MS.into()))).unwrap();
    stream.set_write_timeout(Some(Duration::from_millis(LONG_MS.into()))).unwrap();
    stream
}

/// A client that has connected and been served once, so that the server knows it.
pub(crate) fn known_client(address: SocketAddr) -> TcpStream {
    let mut stream = raw_client(address);
    stream.write_all(MULT).unwrap();
    assert_is_answered(&mut stream);
    stream
}

pub(crate) fn assert_is_answered(stream: &mut TcpStream) {
    let mut reply = [0; MULTACK.len()];
    stream.read_exact(&mut reply).unwrap();
    assert_eq!(reply, MULTACK);
}

/// Waits until the server has closed the connection.
pub(crate) fn assert_is_closed(stream: &mut TcpStream) {
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::ConnectionReset);
                return;
            }
        }
    }
}
