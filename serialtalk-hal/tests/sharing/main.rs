//! One endpoint for many callers: whose turn it is, how long each waits, and what happens when the line ends.

mod deadlines;
mod ends;
mod links;
mod peer;
mod reconnecting;
mod urgent;

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use serialtalk::{CallError, Caller, Commands, Timeout};
use serialtalk_hal::memory::MemoryLink;
use serialtalk_hal::{LinkError, Shared, over, share};

use self::peer::Peer;

type Error = CallError<LinkError>;

/// Longer than any test takes, in milliseconds.
const LONG_MS: u32 = 60_000;

/// What drives a shared endpoint.
#[derive(Debug, Clone, Copy)]
enum World {
    Thread,
    #[cfg(feature = "tokio")]
    Task,
}

/// Runs a test with each of the drivers. It gets the caller, and the other end of the line.
fn in_each_world(test: impl Fn(Shared<LinkError>, Peer)) {
    in_each_world_serving(Commands::new, test);
}

/// Runs a test with each of the drivers, which serve these commands.
fn in_each_world_serving(commands: impl Fn() -> Commands, test: impl Fn(Shared<LinkError>, Peer)) {
    for world in [
        World::Thread,
        #[cfg(feature = "tokio")]
        World::Task,
    ] {
        eprintln!("{world:?}");
        let (host, board) = serialtalk_hal::memory::pair();
        match world {
            World::Thread => {
                let (shared, _running) = share(over(host, "line").plain().serve(commands())).unwrap();
                test(shared, Peer::new(board));
            }
            #[cfg(feature = "tokio")]
            World::Task => {
                let (shared, task) = in_a_task(host, commands());
                test(shared, Peer::new(board));
                task.join().unwrap();
            }
        }
    }
}

/// Shares an endpoint that a task in a thread of its own drives until its last caller is dropped or the line ends.
#[cfg(feature = "tokio")]
fn in_a_task(host: MemoryLink, commands: Commands) -> (Shared<LinkError>, JoinHandle<()>) {
    let (sender, receiver) = channel();
    let task = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (shared, run) = serialtalk_hal::asynch::share(
                serialtalk_hal::asynch::over(host, "line").plain().serve(commands),
            );
            sender.send(shared).unwrap();
            let _ = run.await;
        });
    });
    (receiver.recv().unwrap(), task)
}

/// Calls a command in a thread of its own.
fn call(shared: &Shared<LinkError>, name: &'static str, timeout_ms: u32) -> JoinHandle<Result<u8, Error>> {
    let mut shared = shared.clone();
    thread::spawn(move || shared.within(Timeout::Ms(timeout_ms)).call(name, ()))
}

/// A command that tells when it begins, and ends when it is told to.
fn held() -> (Commands, Receiver<()>, Sender<()>) {
    let (begins, has_begun) = channel();
    let (end, ends) = channel::<()>();
    let mut commands = Commands::new();
    let hold = move || {
        begins.send(()).unwrap();
        ends.recv().unwrap();
        1u8
    };
    commands.add("hold", hold).unwrap();
    (commands, has_begun, end)
}
