//! Every link can be shared: many callers at once, commands served meanwhile, and a thread that waits is woken at once.

use std::time::{Duration, Instant};

use serialtalk_hal::fault::Faults;
use serialtalk_hal::{Interruptible, SerialTalk, Spawn, tcp};

use super::*;

const CALLERS: u16 = 4;
const CALLS: u16 = 100;

fn commands() -> Commands {
    let mut commands = Commands::new();
    commands.add("mult", |a: f32, b: f32| a * b).unwrap();
    commands
}

/// Shares `host` among callers that call `board` and each other's commands, and calls it from the board meanwhile.
fn check<A, B>(host: SerialTalk<A>, board: SerialTalk<B>)
where
    A: Interruptible<Error = LinkError> + Send + 'static,
    B: Interruptible<Error = LinkError> + Send + 'static,
{
    let start = Instant::now();
    let (host, _host_runs) = share(host.serve(commands())).unwrap();
    let (board, _board_runs) = share(board.serve(commands())).unwrap();
    let callers: Vec<_> = (0..CALLERS)
        .flat_map(|caller| [(caller, host.clone()), (caller, board.clone())])
        .map(|(caller, mut shared)| {
            thread::spawn(move || {
                for number in 0..CALLS {
                    let product = shared.within(Timeout::Ms(LONG_MS)).call::<f32>("mult", (number, caller));
                    assert_eq!(product.unwrap(), f32::from(number) * f32::from(caller));
                }
            })
        })
        .collect();
    callers.into_iter().for_each(|caller| caller.join().unwrap());
    // Were a waiting thread not woken, each call would take as long as it waits at a time, which is a second.
    assert!(start.elapsed() < Duration::from_secs(60));
}

#[test]
fn in_memory() {
    let (host, board) = serialtalk_hal::loopback();
    check(host, board);
}

#[test]
fn in_memory_with_bytes_in_pieces() {
    let (host, board) = serialtalk_hal::memory::pair();
    check(over(Faults::seed(1).chunk(3).on(host), "pieces"), over(board, "board"));
}

#[cfg(unix)]
#[test]
fn a_pty_and_a_serial_port() {
    let board = serialtalk_hal::pty::open().unwrap();
    let host = serialtalk_hal::serial::open(board.link().path(), 115_200).unwrap();
    check(host, board);
}

#[cfg(unix)]
#[test]
fn a_socket_pair() {
    let (host, board) = serialtalk_hal::socket::pair().unwrap();
    check(over(host, "host"), over(board, "board"));
}

#[test]
fn tcp_connections() {
    let mut server = tcp::TcpServer::bind("127.0.0.1:0").unwrap();
    let host = tcp::connect(server.local_addr()).unwrap();
    let board = server.accept(LONG_MS).unwrap().unwrap();
    check(host, over(board, "board"));
}

#[test]
fn a_tcp_server_that_closes_each_connection() {
    let server = tcp::serve("127.0.0.1:0", commands()).unwrap();
    let link = tcp::TcpLink::connect(server.local_addr()).unwrap().one_connection_per_call();
    let _server = server.spawn();
    let (shared, _running) = share(over(link, "each").plain()).unwrap();
    for number in 0..CALLS {
        let product = shared.clone().within(Timeout::Ms(LONG_MS)).call::<f32>("mult", (number, 2u8));
        assert_eq!(product.unwrap(), f32::from(number) * 2.0);
    }
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn tasks() {
    use serialtalk::AsyncCaller;
    let (host, board) = serialtalk_hal::asynch::loopback();
    let (host, host_runs) = serialtalk_hal::asynch::share(host.serve(commands()));
    let (board, board_runs) = serialtalk_hal::asynch::share(board.serve(commands()));
    let callers = (0..CALLERS).flat_map(|caller| [(caller, host.clone()), (caller, board.clone())]);
    let callers: Vec<_> = callers
        .map(|(caller, mut shared)| {
            tokio::spawn(async move {
                for number in 0..CALLS {
                    let product = AsyncCaller::call::<f32>(&mut shared, "mult", (number, caller)).await;
                    assert_eq!(product.unwrap(), f32::from(number) * f32::from(caller));
                }
            })
        })
        .collect();
    let work = async {
        for caller in callers {
            caller.await.unwrap();
        }
    };
    tokio::select! {
        ended = async { tokio::join!(host_runs, board_runs) } => panic!("{ended:?}"),
        () = work => {}
    }
}
