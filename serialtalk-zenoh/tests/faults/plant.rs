//! A router, a gateway, a board at a TCP port, and the sessions of callers, each of which can be killed and comes back.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard};

use serialtalk::Timeout;
use serialtalk_hal::tcp::TcpService;
use serialtalk_hal::{Running, Spawn, tcp};
use serialtalk_zenoh::Access;
use tempfile::TempDir;
use zenoh::{Session, Wait};

use crate::record::{CounterServer, Record};

type Board = Running<TcpService<CounterServer<Record>>, serialtalk_hal::LinkError>;

/// All of it.
pub(crate) struct Plant {
    folder: TempDir,
    record: Record,
    address: SocketAddr,
    board: Mutex<Option<Board>>,
    router: Mutex<Child>,
    gateway: Mutex<Child>,
    session: Mutex<Session>,
    /// How many sessions were closed.
    generation: AtomicUsize,
}

impl Plant {
    pub(crate) fn new(record: Record) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let service = tcp::serve(0, CounterServer::new(record.clone())).expect("a port");
        let address = service.local_addr();
        let file = |name: &str, text: String| fs::write(folder.path().join(name), text).expect("a file");
        let socket = folder.path().join("router.sock");
        file(
            "router.toml",
            format!("realm = \"robots\"\nlisten = [\"unixsock-stream/{}\"]\n", socket.display()),
        );
        file(
            "gateway.toml",
            format!(
                "realm = \"robots\"\ngateway = \"cell1\"\nconnect = [\"unixsock-stream/{}\"]\n\n\
                 [board.counter]\ntcp = \"{address}\"\n",
                socket.display()
            ),
        );
        let router = start("router", folder.path().join("router.toml"));
        let gateway = start("gateway", folder.path().join("gateway.toml"));
        let session = open(&socket);
        Self {
            folder,
            record,
            address,
            board: Mutex::new(Some(service.spawn())),
            router: Mutex::new(router),
            gateway: Mutex::new(gateway),
            session: Mutex::new(session),
            generation: AtomicUsize::new(0),
        }
    }

    /// The session that is open, and its number.
    pub(crate) fn session(&self) -> (Session, usize) {
        let session = lock(&self.session);
        (session.clone(), self.generation.load(Ordering::SeqCst))
    }

    /// Whether the session with this number is still open.
    pub(crate) fn is_current(&self, generation: usize) -> bool {
        self.generation.load(Ordering::SeqCst) == generation
    }

    /// Kills one part, and starts it again.
    pub(crate) fn break_something(&self, which: u32) {
        match which % 4 {
            0 => self.restart(&self.gateway, "gateway"),
            1 => self.restart(&self.router, "router"),
            2 => {
                let mut board = lock(&self.board);
                // All connections end with it.
                drop(board.take());
                let service = tcp::serve(self.address, CounterServer::new(self.record.clone()));
                *board = Some(service.expect("the port is free").spawn());
            }
            _ => {
                let mut session = lock(&self.session);
                self.generation.fetch_add(1, Ordering::SeqCst);
                session.close().wait().expect("a session closes");
                *session = open(&self.folder.path().join("router.sock"));
            }
        }
    }

    /// Ends all that could still run a command.
    pub(crate) fn settle(&self) {
        kill(&mut lock(&self.gateway));
        drop(lock(&self.board).take());
    }

    fn restart(&self, process: &Mutex<Child>, role: &str) {
        let mut process = lock(process);
        kill(&mut process);
        *process = start(role, self.folder.path().join(format!("{role}.toml")));
    }
}

impl Drop for Plant {
    fn drop(&mut self) {
        [&self.gateway, &self.router].into_iter().for_each(|process| kill(&mut lock(process)));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("nobody panicked")
}

fn start(role: &str, file: PathBuf) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_serialtalk-zenoh"));
    command.arg(role).arg(file).stdout(Stdio::null());
    command.spawn().expect("the program starts")
}

fn kill(process: &mut Child) {
    process.kill().expect("a process can be killed");
    process.wait().expect("it ends");
}

fn open(socket: &std::path::Path) -> Session {
    Access::connect([format!("unixsock-stream/{}", socket.display())])
        .connect_within(Timeout::Ms(60_000))
        .open()
        .expect("a router listens")
}
