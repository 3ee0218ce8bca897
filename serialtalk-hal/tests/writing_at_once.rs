//! Both ends write before either reads: a write that waits for room reads meanwhile.
#![allow(dead_code, unused_imports, reason = "with fewer features, fewer links are tried")]

mod common;

use core::fmt::Debug;
use std::thread;

use common::{LONG_MS, fill, receive, receive_outcome, send};
use serialtalk::link::{Link, Received};
use serialtalk_hal::fault::Faults;
use serialtalk_hal::{LinkError, memory};

/// More than any of these links holds in both directions, and less than what a write may read meanwhile.
const SIZE: usize = 500_000;

/// Bytes that tell where they belong; the two ends send different ones.
fn bytes_of(end: u8) -> Vec<u8> {
    (0..SIZE).map(|at| (at % 251) as u8 ^ end).collect()
}

fn assert_writes_at_once<A, B>(a: A, b: B)
where
    A: Link<Error = LinkError> + Send,
    B: Link<Error = LinkError> + Send,
{
    thread::scope(|scope| {
        scope.spawn(move || write_then_read(a, 0, 1));
        write_then_read(b, 1, 0);
    });
}

fn write_then_read(mut link: impl Link<Error = LinkError>, ours: u8, theirs: u8) {
    send(&mut link, &bytes_of(ours));
    assert!(receive(&mut link, SIZE) == bytes_of(theirs), "bytes were lost or out of order");
}

fn memory_pair() -> (memory::MemoryLink, memory::MemoryLink) {
    let (mut a, mut b) = memory::pair();
    a.set_write_timeout_ms(LONG_MS);
    b.set_write_timeout_ms(LONG_MS);
    (a, b)
}

#[test]
fn in_memory() {
    let (a, b) = memory_pair();
    assert_writes_at_once(a, b);
}

#[test]
fn through_faults() {
    let (a, b) = memory_pair();
    assert_writes_at_once(Faults::seed(1).chunk(100).on(a), Faults::seed(2).chunk(7).on(b));
}

#[test]
fn what_was_read_meanwhile_comes_before_the_end() {
    let (mut a, mut b) = memory::pair();
    a.set_write_timeout_ms(20);
    send(&mut b, b"last words");
    assert!(matches!(fill(&mut a).1, LinkError::WriteTimeout { .. }));
    drop(b);
    assert_eq!(receive(&mut a, 10), b"last words");
    assert_eq!(receive_outcome(&mut a), Ok(Received::Closed));
}

/// A write that reads meanwhile is no way to make this end keep all that the other one sends.
#[test]
fn a_write_reads_no_more_than_a_mebibyte() {
    let (mut a, mut b) = memory::pair();
    a.set_write_timeout_ms(2000);
    assert_eq!(a.send(&[7; 4096]), Ok(4096));
    // It does not read either.
    b.set_write_timeout_ms(0);
    let mut sent = 0;
    thread::scope(|scope| {
        let blocked = scope.spawn(|| a.send(b"x"));
        while !blocked.is_finished() {
            sent += b.send(&[5; 4096]).unwrap_or(0);
            thread::yield_now();
        }
        assert!(matches!(blocked.join().unwrap(), Err(LinkError::WriteTimeout { .. })));
    });
    assert!((4097..=(1 << 20) + 4096).contains(&sent), "{sent} bytes were taken");
    assert!(receive(&mut a, sent).iter().all(|byte| *byte == 5));
}

#[cfg(feature = "tcp")]
mod sockets {
    use std::net::{TcpListener, TcpStream};

    use serialtalk_hal::socket::SocketLink;
    use serialtalk_hal::tcp::{TcpLink, TcpServer};

    use super::*;

    #[cfg(unix)]
    #[test]
    fn over_a_socket_pair() {
        let (mut a, mut b) = serialtalk_hal::socket::pair().unwrap();
        a.set_write_timeout_ms(LONG_MS);
        b.set_write_timeout_ms(LONG_MS);
        assert_writes_at_once(a, b);
    }

    /// The operating system keeps megabytes of a connection unless it is told to keep less.
    #[cfg(unix)]
    #[test]
    fn over_tcp() {
        use rustix::net::sockopt::{set_socket_recv_buffer_size, set_socket_send_buffer_size};
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let a = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let [a, b] = [a, listener.accept().unwrap().0].map(|stream| {
            set_socket_recv_buffer_size(&stream, 65_536).unwrap();
            set_socket_send_buffer_size(&stream, 65_536).unwrap();
            let mut link = SocketLink::new(stream, "end").unwrap();
            link.set_write_timeout_ms(LONG_MS);
            link
        });
        assert_writes_at_once(a, b);
    }

    #[cfg(unix)]
    #[test]
    fn what_was_read_meanwhile_comes_before_the_end() {
        let (mut a, mut b) = serialtalk_hal::socket::pair().unwrap();
        a.set_write_timeout_ms(20);
        send(&mut b, b"last words");
        let (sent, error) = fill(&mut a);
        assert!(matches!(error, LinkError::WriteTimeout { .. }));
        receive(&mut b, sent);
        drop(b);
        assert!(a.send(b"x").is_err());
        assert_eq!(receive(&mut a, 10), b"last words");
        assert_eq!(receive_outcome(&mut a), Ok(Received::Closed));
    }

    #[test]
    fn a_connection_counts_as_open_until_all_is_read() {
        let mut server = TcpServer::bind("127.0.0.1:0").unwrap();
        let mut client = TcpLink::connect(server.local_addr()).unwrap();
        let mut accepted = server.accept(LONG_MS).unwrap().unwrap();
        client.set_write_timeout_ms(20);
        send(&mut accepted, b"last words");
        assert!(matches!(fill(&mut client).1, LinkError::WriteTimeout { .. }));
        drop(accepted);
        assert!(client.send(b"x").is_err());
        assert!(client.is_connected());
        assert_eq!(receive(&mut client, 10), b"last words");
        while client.is_connected() {}
    }
}

#[cfg(all(unix, feature = "pty", feature = "serial"))]
mod serial {
    use serialtalk_hal::null_modem::NullModem;
    use serialtalk_hal::ports::PortName;
    use serialtalk_hal::pty::PtyLink;
    use serialtalk_hal::serial::{SerialLink, SerialOptions};

    use super::*;

    fn open(path: &str, write_timeout_ms: u32) -> SerialLink {
        let options = SerialOptions::default().write_timeout_ms(write_timeout_ms);
        SerialLink::open(path, options).unwrap()
    }

    #[test]
    fn over_a_pty() {
        let mut board = PtyLink::open().unwrap();
        board.set_write_timeout_ms(LONG_MS);
        let host = open(board.path(), LONG_MS);
        assert_writes_at_once(board, host);
    }

    #[test]
    fn over_a_cable() {
        let cable = NullModem::new().unwrap();
        let (a, b) = cable.paths();
        assert_writes_at_once(open(a, LONG_MS), open(b, LONG_MS));
    }

    #[test]
    fn what_was_read_meanwhile_comes_before_the_end() {
        let mut board = PtyLink::open().unwrap();
        let mut host = open(board.path(), 20);
        send(&mut board, b"last words");
        assert!(matches!(fill(&mut host).1, LinkError::WriteTimeout { .. }));
        drop(board);
        assert!(matches!(host.send(b"x"), Err(LinkError::Unplugged { .. })));
        assert_eq!(receive(&mut host, 10), b"last words");
        assert!(matches!(host.receive(&mut [0; 8], 0), Err(LinkError::Unplugged { .. })));
    }
}

#[cfg(all(unix, feature = "stdio"))]
mod stdio {
    use std::io::{Read, Write};
    use std::process::{Command, Stdio};

    use serialtalk_hal::stdio::StdioLink;

    use super::*;

    #[test]
    fn through_a_child() {
        let mut child = Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut link = StdioLink::child(&mut child).unwrap();
        link.set_write_timeout_ms(LONG_MS);
        write_then_read(link, 0, 0);
        assert!(child.wait().unwrap().success());
    }

    /// The program of the child in the tests below; does nothing when it is run as a test.
    #[test]
    fn child() {
        let link = || {
            let mut link = StdioLink::open().unwrap();
            link.set_write_timeout_ms(LONG_MS);
            send(&mut link, b"ready");
            link
        };
        match std::env::var("SERIALTALK_TEST_CHILD").as_deref() {
            Ok("blocking") => write_then_read(link(), 0, 1),
            #[cfg(feature = "tokio")]
            Ok("async") => asynchronous::child(),
            _ => return,
        }
        // Before the test harness prints to standard output.
        std::process::exit(0);
    }

    /// A parent that does not read while it writes.
    fn assert_child_writes(kind: &str) {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "stdio::child", "--nocapture"])
            .env("SERIALTALK_TEST_CHILD", kind)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (mut input, mut output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut said = Vec::new();
        while !said.ends_with(b"ready") {
            let mut byte = [0];
            output.read_exact(&mut byte).unwrap();
            said.extend(byte);
        }
        input.write_all(&bytes_of(1)).unwrap();
        let mut received = vec![0; SIZE];
        output.read_exact(&mut received).unwrap();
        assert!(received == bytes_of(0), "bytes were lost or out of order");
        assert!(child.wait().unwrap().success());
    }

    #[test]
    fn of_a_program() {
        assert_child_writes("blocking");
    }

    #[cfg(feature = "tokio")]
    #[test]
    fn of_an_async_program() {
        assert_child_writes("async");
    }
}

#[cfg(feature = "tokio")]
mod asynchronous {
    use core::time::Duration;

    use embedded_io_async::{Read, Write};
    use serialtalk_hal::asynch::AsyncLink;
    use tokio::time::timeout;

    use super::*;

    async fn write_then_read(
        link: &mut (impl Read<Error = LinkError> + Write<Error = LinkError>),
        ours: u8,
        theirs: u8,
    ) {
        link.write_all(&bytes_of(ours)).await.unwrap();
        link.flush().await.unwrap();
        let mut received = vec![0; SIZE];
        link.read_exact(&mut received).await.unwrap();
        assert!(received == bytes_of(theirs), "bytes were lost or out of order");
    }

    async fn assert_writes_at_once<A, B>(mut a: A, mut b: B)
    where
        A: Read<Error = LinkError> + Write<Error = LinkError>,
        B: Read<Error = LinkError> + Write<Error = LinkError>,
    {
        tokio::join!(write_then_read(&mut a, 0, 1), write_then_read(&mut b, 1, 0));
    }

    /// Writes until nothing goes any more, and drops each write that waits.
    async fn assert_dropped_writes_lose_nothing<A, B>(mut a: A, mut b: B)
    where
        A: Write<Error = LinkError>,
        B: Read<Error = LinkError> + Write<Error = LinkError>,
    {
        let mut received = Vec::new();
        for round in 0..20_u8 {
            a.write_all(&[round; 100]).await.unwrap();
            while timeout(Duration::from_millis(5), b.write(&[0x55; 1024])).await.is_ok() {}
        }
        while received.len() < 2000 {
            let mut buffer = [0; 64];
            let count = b.read(&mut buffer).await.unwrap();
            received.extend_from_slice(&buffer[..count]);
        }
        let expected: Vec<u8> = (0..20).flat_map(|round| [round; 100]).collect();
        assert_eq!(received, expected);
    }

    #[tokio::test]
    async fn in_memory() {
        let (a, b) = memory_pair();
        assert_writes_at_once(a, b).await;
        let (a, b) = memory_pair();
        assert_dropped_writes_lose_nothing(a, b).await;
        let (a, b) = memory_pair();
        let other = thread::spawn(move || super::write_then_read(b, 1, 0));
        let mut a = Faults::seed(1).chunk(100).on(a);
        write_then_read(&mut a, 0, 1).await;
        other.join().unwrap();
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn over_a_stream_of_tokio() {
        let pair = || {
            let (a, b) = tokio::net::UnixStream::pair().unwrap();
            let (mut a, mut b) = (AsyncLink::new(a, "a"), AsyncLink::new(b, "b"));
            a.set_write_timeout_ms(LONG_MS);
            b.set_write_timeout_ms(LONG_MS);
            (a, b)
        };
        let (a, b) = pair();
        assert_writes_at_once(a, b).await;
        let (a, b) = pair();
        assert_dropped_writes_lose_nothing(a, b).await;
    }

    #[cfg(all(unix, feature = "pty", feature = "serial"))]
    #[tokio::test]
    async fn over_a_pty() {
        use serialtalk_hal::asynch::{AsyncPtyLink, AsyncSerialLink};
        use serialtalk_hal::ports::PortName;
        use serialtalk_hal::serial::SerialOptions;
        let pair = || {
            let mut board = AsyncPtyLink::open().unwrap();
            board.set_write_timeout_ms(LONG_MS);
            let options = SerialOptions::default().write_timeout_ms(LONG_MS);
            let host = AsyncSerialLink::open(board.path(), options).unwrap();
            (board, host)
        };
        let (board, host) = pair();
        assert_writes_at_once(board, host).await;
        let (board, host) = pair();
        assert_dropped_writes_lose_nothing(board, host).await;
        let (board, host) = pair();
        assert_dropped_writes_lose_nothing(host, board).await;
    }

    #[cfg(feature = "tcp")]
    #[tokio::test]
    async fn a_connection_counts_as_open_until_all_is_read() {
        use serialtalk_hal::asynch::{AsyncTcpLink, AsyncTcpServer};
        let mut server = AsyncTcpServer::bind("127.0.0.1:0").await.unwrap();
        let mut client = AsyncTcpLink::connect(server.local_addr()).await.unwrap();
        let mut accepted = server.accept().await.unwrap();
        accepted.write_all(b"last words").await.unwrap();
        client.set_write_timeout_ms(20);
        while client.write(&[0x55; 1024]).await.is_ok() {}
        drop(accepted);
        assert!(client.write(b"x").await.is_err());
        assert!(client.is_connected().await);
        let mut received = [0; 10];
        client.read_exact(&mut received).await.unwrap();
        assert_eq!(&received, b"last words");
        while client.is_connected().await {
            tokio::task::yield_now().await;
        }
    }

    #[cfg(all(unix, feature = "stdio"))]
    pub(super) fn child() {
        use serialtalk_hal::asynch::AsyncStdioLink;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut link = AsyncStdioLink::stdio();
            link.set_write_timeout_ms(LONG_MS);
            link.write_all(b"ready").await.unwrap();
            write_then_read(&mut link, 0, 1).await;
        });
    }
}
