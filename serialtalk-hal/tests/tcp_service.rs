//! TCP servers for many clients, and clients that would keep the others from being served.
#![cfg(feature = "tcp")]

mod common;

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::mpsc::{self, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use common::LONG_MS;
use common::tcp::*;
use serialtalk::{Caller, Commands, Timeout};
use serialtalk_hal::tcp::{self, Server, TcpLink};
use serialtalk_hal::{Running, SerialTalk, Spawn};

/// A server that serves in a thread until this is dropped.
struct Serving {
    address: SocketAddr,
    _thread: Thread,
}

/// What stops the thread when it is dropped.
#[allow(dead_code, reason = "held for its end")]
enum Thread {
    Blocking(Running<tcp::TcpService<Commands>, serialtalk_hal::LinkError>),
    #[cfg(feature = "tokio")]
    Async(tokio::sync::oneshot::Sender<()>),
}

fn start_blocking(server: Server<Commands>) -> Serving {
    let service = server.listen("0").unwrap();
    Serving { address: service.local_addr(), _thread: Thread::Blocking(service.spawn()) }
}

#[cfg(feature = "tokio")]
fn start_async(server: Server<Commands>) -> Serving {
    let (tell, told) = channel();
    let (stop, stopped) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut service = server.listen_async("0").await.unwrap();
            tell.send(service.local_addr()).unwrap();
            tokio::select! {
                outcome = service.run() => panic!("{outcome:?}"),
                _ = stopped => {}
            }
        });
    });
    Serving { address: told.recv().unwrap(), _thread: Thread::Async(stop) }
}

/// Tests of both servers: `on_each_server! { fn name(start) { .. } }`.
macro_rules! on_each_server {
    ($(fn $name:ident($start:ident) $body:block)*) => {$(
        mod $name {
            use super::*;

            fn check($start: impl Fn(Server<Commands>) -> Serving) $body

            #[test]
            fn blocking() {
                check(start_blocking);
            }

            #[cfg(feature = "tokio")]
            #[test]
            fn asynchronous() {
                check(start_async);
            }
        }
    )*};
}

on_each_server! {
    fn clients_that_say_nothing_make_room(start) {
        let server = start(Server::new(commands()));
        let _silent: Vec<_> = (0..64).map(|_| raw_client(server.address)).collect();
        for _ in 0..3 {
            assert_serves(&mut good_client(server.address));
        }
    }

    fn the_client_that_was_silent_longest_goes_first(start) {
        let server = start(Server::new(commands()).max_clients(3));
        let mut first = known_client(server.address);
        let mut second = known_client(server.address);
        let mut third = known_client(server.address);
        // Who calls again is not the one.
        first.write_all(MULT).unwrap();
        assert_is_answered(&mut first);
        let mut fourth = known_client(server.address);
        assert_is_closed(&mut second);
        for client in [&mut first, &mut third, &mut fourth] {
            client.write_all(MULT).unwrap();
            assert_is_answered(client);
        }
    }

    fn who_calls_is_not_pushed_out_by_connections_alone(start) {
        let server = start(Server::new(commands()).max_clients(4));
        let mut client = known_client(server.address);
        let mut silent: Vec<_> = (0..20).map(|_| raw_client(server.address)).collect();
        silent[..16].iter_mut().for_each(assert_is_closed);
        client.write_all(MULT).unwrap();
        assert_is_answered(&mut client);
    }

    fn a_single_place_is_for_the_last_who_came(start) {
        let server = start(Server::new(commands()).max_clients(0));
        let mut first = known_client(server.address);
        let mut second = known_client(server.address);
        assert_is_closed(&mut first);
        second.write_all(MULT).unwrap();
        assert_is_answered(&mut second);
    }

    fn a_client_that_never_reads_holds_up_nobody(start) {
        let server = start(Server::new(commands()).write_timeout(Timeout::Never));
        let mut good = good_client(server.address);
        let _bad = [clog(server.address, &mut good), clog(server.address, &mut good)];
        for _ in 0..100 {
            assert_serves(&mut good);
        }
        assert_serves(&mut good_client(server.address));
    }

    fn replies_that_were_read_late_are_whole(start) {
        let server = start(Server::new(commands()).write_timeout(Timeout::Never));
        let mut good = good_client(server.address);
        let mut bad = clog(server.address, &mut good);
        let first = raw_reply_to_much(server.address);
        // More than any buffer between them holds.
        let mut reply = vec![0; first.len()];
        for _ in 0..80_000 {
            bad.read_exact(&mut reply).unwrap();
            assert_eq!(reply, first);
        }
    }

    fn a_client_that_never_reads_is_dropped_in_the_end(start) {
        let server = start(Server::new(commands()).write_timeout(Timeout::Ms(50)));
        let mut good = good_client(server.address);
        let mut bad = raw_client(server.address);
        let many = MUCH.repeat(1000);
        let error = loop {
            if let Err(error) = bad.write(&many) {
                break error;
            }
        };
        assert!(!would_block(&error), "not dropped");
        assert_serves(&mut good);
    }

    fn a_client_that_says_nothing_is_dropped_if_that_is_wanted(start) {
        let server = start(Server::new(commands()).idle_timeout(Timeout::Ms(50)));
        assert_is_closed(&mut raw_client(server.address));
        assert_is_closed(&mut known_client(server.address));
    }

    fn a_byte_now_and_then_is_silence(start) {
        let server = start(Server::new(commands()).idle_timeout(Timeout::Ms(50)));
        let mut slow = raw_client(server.address);
        slow.set_read_timeout(Some(Duration::from_millis(5))).unwrap();
        // None of this is ever a frame.
        for begun in 0.. {
            assert!(begun < 6000, "not dropped");
            if slow.write_all(b"<").is_err() || !matches!(slow.read(&mut [0]), Err(error) if would_block(&error)) {
                break;
            }
        }
    }

    fn thousands_of_commands_at_once_come_one_by_one(start) {
        let order = Arc::new(Mutex::new(String::new()));
        let (mut commands, gate) = gated();
        for name in ["p", "g"] {
            let order = Arc::clone(&order);
            commands.add(name, move || order.lock().unwrap().push_str(name)).unwrap();
        }
        let server = start(Server::new(commands));
        let mut many = known_client(server.address);
        let mut good = known_client(server.address);
        let _held = gate.hold(server.address);
        many.write_all(&b"<\x04\x01p\x01z>".repeat(3000)).unwrap();
        good.write_all(b"<\x04\x01g\x01z>").unwrap();
        gate.open();
        good.read_exact(&mut [0; 4]).unwrap();
        let order = order.lock().unwrap().clone();
        assert!(order.find('g').unwrap() <= 1, "{order}");
    }

    fn a_client_that_has_said_its_last_gets_its_reply(start) {
        let server = start(Server::new(commands()));
        let mut client = raw_client(server.address);
        client.write_all(&MULT.repeat(3)).unwrap();
        client.shutdown(Shutdown::Write).unwrap();
        for _ in 0..3 {
            assert_is_answered(&mut client);
        }
        assert_is_closed(&mut client);
    }

    fn a_command_behind_half_a_frame_is_answered(start) {
        let server = start(Server::new(commands()));
        let mut client = raw_client(server.address);
        client.write_all(b"<\x40\x04mu").unwrap();
        client.write_all(MULT).unwrap();
        assert_is_answered(&mut client);
    }
}

/// A client of good will and much patience.
fn good_client(address: SocketAddr) -> SerialTalk<TcpLink> {
    let mut client = tcp::connect(address).unwrap();
    client.set_timeout(Timeout::Ms(LONG_MS));
    client
}

fn assert_serves(client: &mut SerialTalk<TcpLink>) {
    assert_eq!(client.call::<f32>("mult", (2.0f32, 3.0f32)).unwrap(), 6.0);
}

/// Sends commands until neither end takes any more, because their replies are not read. Returns the client.
fn clog(address: SocketAddr, good: &mut SerialTalk<TcpLink>) -> TcpStream {
    let mut bad = raw_client(address);
    bad.set_nonblocking(true).unwrap();
    let many = MUCH.repeat(1000);
    let start = Instant::now();
    let mut rounds_without_room = 0;
    let mut at = 0;
    while rounds_without_room < 50 {
        assert!(start.elapsed() < Duration::from_millis(LONG_MS.into()), "the server takes everything");
        match bad.write(&many[at..]) {
            Ok(count) => {
                at = (at + count) % many.len();
                rounds_without_room = 0;
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::WouldBlock);
                rounds_without_room += 1;
                // The server has had a turn meanwhile.
                assert_serves(good);
            }
        }
    }
    bad.set_nonblocking(false).unwrap();
    bad
}

fn would_block(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

fn raw_reply_to_much(address: SocketAddr) -> Vec<u8> {
    let mut client = raw_client(address);
    client.write_all(MUCH).unwrap();
    client.shutdown(Shutdown::Write).unwrap();
    let mut reply = Vec::new();
    client.read_to_end(&mut reply).unwrap();
    reply
}

/// A handler that runs until it is told to end.
struct Gate {
    begun: mpsc::Receiver<()>,
    end: mpsc::Sender<()>,
}

/// The usual commands, and `hold`, whose handler is behind the gate.
fn gated() -> (Commands, Gate) {
    let (tell_begun, begun) = channel();
    let (end, ended) = channel::<()>();
    let ended = Mutex::new(ended);
    let mut commands = commands();
    let hold = move || {
        tell_begun.send(()).unwrap();
        ended.lock().unwrap().recv().unwrap();
    };
    commands.add("hold", hold).unwrap();
    (commands, Gate { begun, end })
}

impl Gate {
    /// Returns once the server is in the handler.
    fn hold(&self, address: SocketAddr) -> TcpStream {
        let mut client = raw_client(address);
        client.write_all(b"<\x07\x04hold\x01z>").unwrap();
        self.begun.recv().unwrap();
        client
    }

    fn open(&self) {
        self.end.send(()).unwrap();
    }
}

#[test]
fn a_port_alone_is_for_this_machine() {
    for service in [tcp::serve(0, commands()).unwrap(), tcp::serve("127.0.0.1:0", commands()).unwrap()] {
        let address = service.local_addr();
        assert_eq!(address.ip().to_string(), "127.0.0.1");
        assert_eq!(service.to_string(), format!("listening on {address}, for programs on this machine only"));
    }
}

#[test]
fn a_server_that_is_open_to_a_network_says_so() {
    let service = tcp::serve("0.0.0.0:0", commands()).unwrap();
    let address = service.local_addr();
    assert!(address.ip().is_unspecified());
    assert_eq!(
        service.to_string(),
        format!("listening on {address}, for everyone who can reach it there: no password, no encryption")
    );
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn an_async_server_listens_where_a_blocking_one_does() {
    use serialtalk_hal::asynch::serve_tcp;
    let service = serve_tcp(0, commands()).await.unwrap();
    let address = service.local_addr();
    assert_eq!(service.to_string(), format!("listening on {address}, for programs on this machine only"));
    let error = serve_tcp(address, commands()).await.unwrap_err();
    assert!(matches!(error, serialtalk_hal::OpenError::Io { .. }), "{error}");
    let service = serve_tcp("0.0.0.0:0", commands()).await.unwrap();
    assert!(service.local_addr().ip().is_unspecified());
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn a_busy_async_server_lets_other_tasks_run() {
    use serialtalk_hal::asynch::serve_tcp;
    let mut service = serve_tcp(0, commands()).await.unwrap();
    let mut client = raw_client(service.local_addr());
    client.write_all(&MULT.repeat(500)).unwrap();
    // The task that ends this is on the same thread, and has its turn before the server is idle.
    let (tell, told) = tokio::sync::oneshot::channel();
    tokio::spawn(async move { tell.send(()).unwrap() });
    tokio::select! {
        biased;
        outcome = service.run() => panic!("{outcome:?}"),
        _ = told => {}
    }
    drop(service);
    let mut replies = Vec::new();
    let _ = client.read_to_end(&mut replies);
    assert!(replies.len() < 500 * MULTACK.len());
}

#[cfg(feature = "tokio")]
#[test]
fn an_async_server_can_be_moved_to_another_thread() {
    fn check<T: Send>(_: T) {}
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut service = runtime.block_on(serialtalk_hal::asynch::serve_tcp(0, commands())).unwrap();
    check(service.run());
}
