//! The async links: bytes in both directions, unplugged ports, full buffers.
#![cfg(feature = "tokio")]
#![allow(dead_code, unused_imports, reason = "with fewer features, fewer links are tried")]

mod common;

use core::time::Duration;

use common::{LONG_MS, all_bytes, is_unplugged};
use embedded_io_async::{Read, Write};
use serialtalk_hal::LinkError;
use tokio::time::timeout;

const LONG: Duration = Duration::from_millis(LONG_MS as u64);

async fn send(link: &mut impl Write<Error = LinkError>, bytes: &[u8]) {
    timeout(LONG, link.write_all(bytes)).await.expect("a write hangs").unwrap();
    link.flush().await.unwrap();
}

async fn receive(link: &mut impl Read<Error = LinkError>, count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    timeout(LONG, link.read_exact(&mut bytes)).await.expect("a read hangs").unwrap();
    bytes
}

async fn read(link: &mut impl Read<Error = LinkError>) -> Result<usize, LinkError> {
    timeout(LONG, link.read(&mut [0; 16])).await.expect("a read hangs")
}

async fn assert_both_ways<A, B>(a: &mut A, b: &mut B)
where
    A: Read<Error = LinkError> + Write<Error = LinkError>,
    B: Read<Error = LinkError> + Write<Error = LinkError>,
{
    let bytes = all_bytes();
    send(a, &bytes).await;
    assert_eq!(receive(b, bytes.len()).await, bytes);
    send(b, &bytes).await;
    assert_eq!(receive(a, bytes.len()).await, bytes);
}

/// Writes until the link is full, and returns the error.
async fn fill(link: &mut impl Write<Error = LinkError>) -> LinkError {
    loop {
        if let Err(error) = timeout(LONG, link.write(&[0x55; 1024])).await.expect("a write hangs") {
            return error;
        }
    }
}

/// Polls a read once and drops it; bytes that arrive later must not be lost.
async fn assert_dropped_reads_lose_nothing<A, B>(a: &mut A, b: &mut B)
where
    A: Write<Error = LinkError>,
    B: Read<Error = LinkError>,
{
    for _ in 0..3 {
        assert!(timeout(Duration::ZERO, b.read(&mut [0; 16])).await.is_err());
        send(a, b"kept").await;
        assert_eq!(receive(b, 4).await, b"kept");
    }
}

#[cfg(all(unix, feature = "pty", feature = "serial"))]
mod serial_and_pty {
    use serialtalk_hal::OpenError;
    use serialtalk_hal::asynch::{AsyncPtyLink, AsyncSerialLink};
    use serialtalk_hal::serial::SerialOptions;

    use super::*;

    fn board_and_host(options: SerialOptions) -> (AsyncPtyLink, AsyncSerialLink) {
        let board = AsyncPtyLink::open().unwrap();
        let host = AsyncSerialLink::open(board.path(), options).unwrap();
        (board, host)
    }

    #[tokio::test]
    async fn every_byte_crosses_both_ways() {
        let (mut board, mut host) = board_and_host(SerialOptions::default().dtr(true).rts(false));
        assert_both_ways(&mut board, &mut host).await;
        assert_dropped_reads_lose_nothing(&mut board, &mut host).await;
        assert_dropped_reads_lose_nothing(&mut host, &mut board).await;
        assert!(host.set_dtr(true).is_err() && host.set_rts(true).is_err());
        host.set_baud(9600).unwrap();
        assert_both_ways(&mut board, &mut host).await;
    }

    #[tokio::test]
    async fn earlier_input_is_discarded() {
        let mut board = AsyncPtyLink::open().unwrap();
        send(&mut board, b"stale").await;
        let mut host = AsyncSerialLink::open(board.path(), SerialOptions::default()).unwrap();
        send(&mut board, b"fresh").await;
        assert_eq!(receive(&mut host, 5).await, b"fresh");
    }

    #[tokio::test]
    async fn unplugging_ends_a_read_that_waits_and_opening_again_works() {
        let (board, mut host) = board_and_host(SerialOptions::default());
        let path = host.path().to_string();
        let task = tokio::spawn(async move { (read(&mut host).await, host) });
        tokio::task::yield_now().await;
        drop(board);
        let (outcome, mut host) = task.await.unwrap();
        assert!(is_unplugged(&outcome, &path), "{outcome:?}");
        assert!(is_unplugged(&host.write(b"x").await, &path));
        drop(host);
        let (mut board, mut host) = board_and_host(SerialOptions::default());
        assert_both_ways(&mut board, &mut host).await;
    }

    #[tokio::test]
    async fn a_peer_that_does_not_read_ends_the_write() {
        let (mut board, mut host) = board_and_host(SerialOptions::default().write_timeout_ms(20));
        let path = board.path().to_string();
        assert_eq!(fill(&mut host).await, LinkError::WriteTimeout { port: path.clone(), ms: 20 });
        board.set_write_timeout_ms(30);
        assert_eq!(fill(&mut board).await, LinkError::WriteTimeout { port: path, ms: 30 });
    }

    #[tokio::test]
    async fn blocked_writes_continue_once_the_peer_reads() {
        let (mut board, mut host) = board_and_host(SerialOptions::default().write_timeout_ms(LONG_MS));
        board.set_write_timeout_ms(LONG_MS);
        let bytes: Vec<u8> = all_bytes().into_iter().cycle().take(200_000).collect();
        let ((), received) = tokio::join!(send(&mut host, &bytes), receive(&mut board, bytes.len()));
        assert!(received == bytes, "bytes were lost or out of order");
        let ((), received) = tokio::join!(send(&mut board, &bytes), receive(&mut host, bytes.len()));
        assert!(received == bytes, "bytes were lost or out of order");
    }

    #[tokio::test]
    async fn a_missing_or_busy_port_is_an_error() {
        let open = |path: &str| AsyncSerialLink::open(path, SerialOptions::default());
        assert!(matches!(open("/dev/no-such-port"), Err(OpenError::NotFound { .. })));
        let (board, _host) = board_and_host(SerialOptions::default());
        assert_eq!(open(board.path()).unwrap_err(), OpenError::Busy { port: board.path().into() });
    }

    #[tokio::test]
    async fn the_port_can_be_closed_and_opened_again() {
        let mut board = AsyncPtyLink::open().unwrap();
        for _ in 0..3 {
            let mut host = AsyncSerialLink::open(board.path(), SerialOptions::default()).unwrap();
            assert_both_ways(&mut board, &mut host).await;
            drop(host);
            assert!(timeout(Duration::from_millis(20), board.read(&mut [0; 1])).await.is_err());
        }
    }
}

#[cfg(feature = "tcp")]
mod tcp {
    use serialtalk_hal::OpenError;
    use serialtalk_hal::asynch::{AsyncLink, AsyncTcpLink, AsyncTcpServer};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;

    async fn server_and_client() -> (AsyncTcpLink, AsyncTcpLink) {
        let mut server = AsyncTcpServer::bind("127.0.0.1:0").await.unwrap();
        let client = AsyncTcpLink::connect(server.local_addr()).await.unwrap();
        (server.accept().await.unwrap(), client)
    }

    #[tokio::test]
    async fn every_byte_crosses_both_ways() {
        let (mut server, mut client) = server_and_client().await;
        assert_both_ways(&mut server, &mut client).await;
        assert_dropped_reads_lose_nothing(&mut server, &mut client).await;
    }

    #[tokio::test]
    async fn the_end_of_the_peer_is_the_end_of_the_input() {
        let (mut server, mut client) = server_and_client().await;
        send(&mut server, b"bye").await;
        drop(server);
        assert_eq!(receive(&mut client, 3).await, b"bye");
        assert_eq!(read(&mut client).await, Ok(0));
    }

    #[tokio::test]
    async fn a_peer_that_does_not_read_ends_the_write() {
        let (_server, mut client) = server_and_client().await;
        client.set_write_timeout_ms(20);
        let name = client.name().to_string();
        assert_eq!(fill(&mut client).await, LinkError::WriteTimeout { port: name, ms: 20 });
    }

    #[tokio::test]
    async fn an_address_without_a_server_is_refused() {
        let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let error = AsyncTcpLink::connect(address).await.unwrap_err();
        assert_eq!(error, OpenError::Refused { port: address.to_string() });
    }

    /// Accepts, answers one command with its bytes in reverse, and accepts again, as Python's example server does.
    async fn one_command_server(listener: TcpListener, rounds: usize, mut then: impl FnMut(TcpStream)) {
        for _ in 0..rounds {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut command = [0; 4];
            stream.read_exact(&mut command).await.unwrap();
            command.reverse();
            stream.write_all(&command).await.unwrap();
            then(stream);
        }
    }

    #[tokio::test]
    async fn a_connection_for_each_call_serves_a_server_that_never_closes() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut kept = Vec::new();
        let server = tokio::spawn(one_command_server(listener, 3, move |stream| kept.push(stream)));
        let mut client = AsyncTcpLink::connect(address).await.unwrap().one_connection_per_call();
        for _ in 0..3 {
            assert_eq!(client.write(b"a").await, Ok(1));
            send(&mut client, b"bcd").await;
            assert_eq!(receive(&mut client, 4).await, b"dcba");
        }
        server.await.unwrap();
    }

    #[tokio::test]
    async fn a_reconnecting_client_works_with_a_server_that_closes() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tokio::spawn(one_command_server(listener, 3, drop));
        let mut client = AsyncTcpLink::connect(address).await.unwrap().reconnecting();
        for _ in 0..3 {
            send(&mut client, b"abcd").await;
            assert_eq!(receive(&mut client, 4).await, b"dcba");
            while client.is_connected().await {
                tokio::task::yield_now().await;
            }
            // Between calls, the end of the connection is not reported.
            assert!(timeout(Duration::from_millis(1), client.read(&mut [0; 1])).await.is_err());
        }
        server.await.unwrap();
        assert!(client.write(b"x").await.is_err());
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn any_stream_of_tokio_is_a_link() {
        let (a, b) = tokio::net::UnixStream::pair().unwrap();
        let (mut a, mut b) = (AsyncLink::new(a, "a"), AsyncLink::new(b, "b"));
        assert_both_ways(&mut a, &mut b).await;
        drop(a);
        assert_eq!(read(&mut b).await, Ok(0));
        assert!(is_unplugged(&b.write(b"x").await, "b"));
    }
}

#[cfg(all(unix, feature = "stdio"))]
mod stdio {
    use std::process::{Command, Stdio};

    use serialtalk_hal::asynch::AsyncStdioLink;
    use serialtalk_hal::stdio::StdioLink;

    use super::*;

    /// The program of the child in the test below; does nothing when it is run as a test.
    #[test]
    fn echo_in_another_process() {
        if std::env::var_os("SERIALTALK_TEST_ECHO").is_none() {
            return;
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut link = AsyncStdioLink::stdio();
            send(&mut link, b"ready").await;
            let mut buffer = [0; 100];
            loop {
                match link.read(&mut buffer).await.unwrap() {
                    // Exits before the test harness prints to standard output.
                    0 => std::process::exit(0),
                    count => send(&mut link, &buffer[..count]).await,
                }
            }
        });
    }

    #[test]
    fn a_program_serves_on_its_standard_input_and_output() {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "stdio::echo_in_another_process", "--nocapture"])
            .env("SERIALTALK_TEST_ECHO", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut link = StdioLink::child(&mut child).unwrap();
        let mut said = Vec::new();
        while !said.ends_with(b"ready") {
            said.extend(common::receive(&mut link, 1));
        }
        let bytes = all_bytes();
        common::send(&mut link, &bytes);
        assert_eq!(common::receive(&mut link, bytes.len()), bytes);
        drop(link);
        assert!(child.wait().unwrap().success());
    }
}
