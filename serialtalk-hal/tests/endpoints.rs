//! Endpoints over real links: calls, commands, threads that serve.
#![cfg(all(unix, feature = "serial", feature = "tcp", feature = "pty"))]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use serialtalk::link::Link;
use serialtalk::{CallError, Caller, Commands, LinkError, Timeout, args};
use serialtalk_hal::fault::{FaultCounts, Faults};
use serialtalk_hal::serial::SerialOptions;
use serialtalk_hal::tcp::TcpLink;
use serialtalk_hal::{OpenError, Spawn, loopback, loopback_with, open, open_with, over, pty, serial, tcp};

fn commands() -> Commands {
    let mut commands = Commands::new();
    commands.add("mult", |a: f32, b: f32| a * b).unwrap();
    commands.add("say", |text: String| text.to_uppercase()).unwrap();
    commands
}

#[test]
fn a_program_opens_the_virtual_port_of_another() {
    let board = pty::open().unwrap();
    let path = board.link().path().to_owned();
    let _board = board.serve(commands()).spawn();
    let mut host = serial::open(&path, 115_200).unwrap();
    host.ready(60_000).unwrap();
    assert_eq!(host.call::<f32>("mult", (5.9f32, 94.0f32)).unwrap(), 5.9 * 94.0);
    assert_eq!(host.call_value("say", args!["hello"]).unwrap().to_string(), "'HELLO'");
}

#[test]
fn a_host_keeps_the_last_kilobyte_of_what_is_no_frame() {
    let (board, mut host) = loopback();
    let mut board = board.into_link();
    let log: Vec<u8> = (0..3000).map(|number| b'a' + (number % 23) as u8).collect();
    let mut unsent = log.as_slice();
    while !unsent.is_empty() {
        let count = board.send(unsent).unwrap();
        unsent = &unsent[count..];
    }
    for _ in 0..100 {
        host.process().unwrap();
    }
    assert_eq!(host.stray().to_vec(), log[log.len() - 1024..]);
}

#[test]
fn a_target_is_a_port_or_a_server() {
    let board = pty::open().unwrap();
    let path = board.link().path().to_owned();
    let _board = board.serve(commands()).spawn();
    let server = tcp::serve("127.0.0.1:0", commands()).unwrap();
    let address = server.local_addr().to_string();
    let _server = server.spawn();
    for (target, name) in [(path.clone(), path), (format!("tcp://{address}"), address)] {
        let mut host = open(&target).unwrap();
        assert_eq!(host.name(), name);
        host.ready(60_000).unwrap();
        assert_eq!(host.call::<f32>("mult", (3u8, 2u8)).unwrap(), 6.0);
    }
    let error = serial::open("tcp://robot:8266", 115_200).unwrap_err();
    assert_eq!(error, OpenError::BadName { name: "tcp://robot:8266".into() });
}

#[test]
fn options_are_those_of_the_port_and_the_write_timeout_that_of_every_link() {
    let options = SerialOptions::default().write_timeout_ms(20);
    let board = pty::open().unwrap();
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    for target in [board.name().to_owned(), format!("tcp://{}", server.local_addr().unwrap())] {
        let mut link = open_with(&target, options).unwrap().into_link();
        let error = loop {
            if let Err(error) = link.send(&[0; 4096]) {
                break error;
            }
        };
        assert_eq!(error, serialtalk_hal::LinkError::WriteTimeout { port: link.name().into(), ms: 20 });
    }
}

#[test]
fn a_bad_line_joins_two_endpoints() {
    let (board, mut host) = loopback_with(Faults::seed(1).flip_per_bit(0.5).receiving_only());
    let _board = board.serve(commands()).spawn();
    host.set_timeout(Timeout::Ms(50));
    assert!(host.call::<f32>("mult", (3u8, 2u8)).unwrap_err().is_timeout());
    assert!(host.link().received().flipped_bits > 0);
    assert_eq!(host.link().sent(), FaultCounts::default());
}

#[test]
fn an_unplugged_port_is_an_error_and_a_new_one_opens() {
    let board = pty::open().unwrap();
    let path = board.link().path().to_owned();
    let board = board.serve(commands()).spawn();
    let mut host = serial::open(&path, 115_200).unwrap();
    host.ready(60_000).unwrap();
    drop(board);
    let error = host.call::<f32>("mult", (1u8, 2u8)).unwrap_err();
    assert!(matches!(&error, CallError::Link { .. }), "{error:?}");
    assert!(error.to_string().contains(&path), "{error}");

    let board = pty::open().unwrap();
    let path = board.link().path().to_owned();
    let _board = board.serve(commands()).spawn();
    let mut host = serial::open(&path, 115_200).unwrap();
    host.ready(60_000).unwrap();
    assert_eq!(host.call::<f32>("mult", (1u8, 2u8)).unwrap(), 2.0);
}

#[test]
fn a_server_has_many_clients_and_one_service() {
    let calls = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&calls);
    let mut commands = commands();
    commands.add("count", move || counter.fetch_add(1, Ordering::Relaxed) + 1).unwrap();
    let server = tcp::serve("127.0.0.1:0", commands).unwrap();
    let address = server.local_addr();
    let _server = server.spawn();

    let mut keeping = tcp::connect(address).unwrap();
    let each = TcpLink::connect(address).unwrap().one_connection_per_call();
    let mut each = over(each, "each").plain();
    for round in 1..=20 {
        assert_eq!(keeping.call::<u32>("count", ()).unwrap(), 2 * round - 1);
        assert_eq!(each.call::<u32>("count", ()).unwrap(), 2 * round);
    }
    let clients: Vec<_> = (0..8)
        .map(|_| {
            std::thread::spawn(move || {
                let mut client = tcp::connect(address).unwrap();
                for _ in 0..50 {
                    client.call::<u32>("count", ()).unwrap();
                }
            })
        })
        .collect();
    clients.into_iter().for_each(|client| client.join().unwrap());
    assert_eq!(keeping.call::<u32>("count", ()).unwrap(), 441);
}

#[test]
fn a_serving_thread_stops_and_returns_its_server() {
    let (board, host) = loopback();
    let running = board.serve(commands()).spawn();
    let mut host = host;
    assert_eq!(host.call::<f32>("mult", (3u8, 2u8)).unwrap(), 6.0);
    assert!(!running.has_ended());
    let (board, outcome) = running.stop();
    assert_eq!(outcome, Ok(()));
    assert_eq!(board.service().1.commands_left(), 2);

    let running = board.spawn();
    drop(host);
    while !running.has_ended() {
        std::thread::yield_now();
    }
    assert_eq!(running.stop().1, Err(LinkError::Closed));
}

trait Count {
    fn commands_left(&self) -> usize;
}

impl Count for Commands {
    fn commands_left(&self) -> usize {
        serialtalk::CommandTable::count(self)
    }
}

#[test]
fn two_ends_call_each_other_at_the_same_time() {
    let (mut a, b) = loopback();
    let is_done = Arc::new(AtomicBool::new(false));
    let done = Arc::clone(&is_done);
    a.add_command("bye", move || done.store(true, Ordering::Relaxed)).unwrap();
    let (mut a, mut b) = (a.serve(commands()), b.serve(commands()));
    let calls = 10_000u16;
    let from_b = std::thread::spawn(move || {
        for number in 0..calls {
            assert_eq!(b.call::<f32>("mult", (number, 2u8)).unwrap(), f32::from(number) * 2.0);
        }
        let () = b.call("bye", ()).unwrap();
        // The other end may have calls left; it closes the link after the last one.
        assert_eq!(b.run(), Ok(()));
    });
    for number in 0..calls {
        assert_eq!(a.call::<f32>("mult", (number, 3u8)).unwrap(), f32::from(number) * 3.0);
    }
    while !is_done.load(Ordering::Relaxed) {
        a.process_within(100).unwrap();
    }
    drop(a);
    from_b.join().unwrap();
}

#[cfg(feature = "tokio")]
mod asynchronous {
    use serialtalk::{AsyncCaller, CallError, Commands};
    use serialtalk_hal::asynch::{connect_tcp, open_pty, open_serial};
    use serialtalk_hal::fault::Faults;
    use serialtalk_hal::{OpenError, Spawn, asynch, tcp};

    use super::commands;

    #[tokio::test]
    async fn a_program_opens_the_virtual_port_of_another() {
        let board = open_pty().unwrap();
        let path = board.link().path().to_owned();
        let mut board = board.serve(commands());
        let board = tokio::spawn(async move { board.run().await });
        let mut host = open_serial(&path, 115_200).unwrap();
        host.ready(60_000).await.unwrap();
        assert_eq!(host.call::<f32>("mult", (5.9f32, 94.0f32)).await.unwrap(), 5.9 * 94.0);
        board.abort();
    }

    #[tokio::test]
    async fn a_target_is_a_port_or_a_server() {
        let board = open_pty().unwrap();
        let path = board.link().path().to_owned();
        let mut board = board.serve(commands());
        let board = tokio::spawn(async move { board.run().await });
        let server = tcp::serve("127.0.0.1:0", commands()).unwrap();
        let address = server.local_addr().to_string();
        let _server = server.spawn();
        for (target, name) in [(path.clone(), path), (format!("tcp://{address}"), address)] {
            let mut host = asynch::open(&target).await.unwrap();
            assert_eq!(host.name(), name);
            host.ready(60_000).await.unwrap();
            assert_eq!(host.call::<f32>("mult", (3u8, 2u8)).await.unwrap(), 6.0);
        }
        assert!(matches!(asynch::open("tcp://robot").await, Err(OpenError::BadTarget { .. })));
        board.abort();
    }

    #[tokio::test]
    async fn a_bad_line_joins_two_endpoints() {
        let (board, mut host) = asynch::loopback_with(Faults::seed(1).cut_after(10));
        let mut board = board.serve(commands());
        let board = tokio::spawn(async move { board.run().await });
        assert!(matches!(host.call::<f32>("mult", (3u8, 2u8)).await, Err(CallError::Link { .. })));
        board.abort();
    }

    #[tokio::test]
    async fn a_blocking_server_has_async_clients() {
        let server = tcp::serve("127.0.0.1:0", commands()).unwrap();
        let address = server.local_addr();
        let _server = server.spawn();
        let mut host = connect_tcp(address).await.unwrap();
        assert_eq!(host.call::<String>("say", ("hi",)).await.unwrap(), "HI");
    }

    #[tokio::test]
    async fn two_ends_call_each_other_at_the_same_time() {
        let (mut a, b) = asynch::loopback();
        let (said, mut heard) = tokio::sync::mpsc::unbounded_channel();
        a.add_command("bye", move || said.send(()).unwrap()).unwrap();
        let (mut a, mut b) = (a.serve(commands()), b.serve(commands()));
        let other = tokio::spawn(async move {
            for number in 0..2000u16 {
                assert_eq!(b.call::<f32>("mult", (number, 2u8)).await.unwrap(), f32::from(number) * 2.0);
            }
            let () = b.call("bye", ()).await.unwrap();
            assert_eq!(b.run().await, Ok(()));
        });
        for number in 0..2000u16 {
            assert_eq!(a.call::<f32>("mult", (number, 3u8)).await.unwrap(), f32::from(number) * 3.0);
        }
        tokio::select! {
            outcome = a.run() => panic!("{outcome:?}"),
            _ = heard.recv() => {}
        }
        drop(a);
        other.await.unwrap();
    }

    #[test]
    fn async_endpoints_can_be_moved_to_other_threads() {
        fn check<T: Send>(_: T) {}
        let (mut a, mut b) = asynch::loopback();
        check(a.call::<f32>("mult", (1u8, 2u8)));
        let mut c = b.serve(Commands::new());
        check(c.run());
        b = asynch::loopback().0;
        drop(b);
    }
}
