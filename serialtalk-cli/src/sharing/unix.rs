//! Sharing by a socket in the folder of running programs.

use std::io;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;
use std::{fs, process, thread};

use serialtalk::Caller;
use serialtalk_hal::OpenError;
use serialtalk_hal::socket::SocketLink;

use super::forward::{Client, Rights};
use super::{PAUSE, TIMEOUT};
use crate::boards::Board;
use crate::connection::Kept;
use crate::escaped::as_file_name;
use crate::kept::lasting;
use crate::pause::Pause;
use crate::runtime::{self, Note};

/// A board that this program shares as long as it has the port open and this lives.
#[derive(Clone)]
pub(crate) struct Sharing(Arc<Shared>);

struct Shared {
    target: String,
    pause: Pause,
    board: OnceLock<Kept>,
    listening: Mutex<Option<Listening>>,
}

/// The socket, which is removed when this is dropped.
struct Listening {
    /// The name of the board.
    name: String,
    socket: PathBuf,
    _note: Note,
}

impl Sharing {
    /// A board that is not shared yet. `pause` closes its port for others.
    pub(crate) fn new(board: &Board, pause: &Pause) -> Self {
        Self(Arc::new(Shared {
            target: board.target.clone(),
            pause: pause.clone(),
            board: OnceLock::new(),
            listening: Mutex::new(None),
        }))
    }

    /// Makes the calls of others by way of `board`.
    pub(crate) fn serve(&self, board: Kept) {
        // It is set once.
        let _ = self.0.board.set(board);
    }

    /// Shares the board from now on, unless another program does. That it cannot be shared is no failure of this program.
    ///
    /// A board may have another name when it is back: a link leads to another device then.
    pub(crate) fn begin(&self) {
        let mut listening = self.0.listening.lock().unwrap_or_else(PoisonError::into_inner);
        let name = name(&self.0.target);
        if listening.as_ref().is_none_or(|listening| listening.name != name) {
            *listening = self.listen(name).ok();
        }
    }

    /// Whether the board is shared by this program.
    pub(crate) fn has_begun(&self) -> bool {
        self.0.listening.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    fn listen(&self, name: String) -> io::Result<Listening> {
        let note = Note::leave(&note(&name), &process::id().to_string())?;
        let socket = path(&name)?;
        // Of a program that ended without removing it: the note says that none has it now.
        match fs::remove_file(&socket) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let listener = UnixListener::bind(&socket)?;
        let shared = Arc::downgrade(&self.0);
        thread::spawn(move || {
            for client in listener.incoming() {
                let (Ok(client), Some(shared)) = (client, shared.upgrade()) else { return };
                let Some(board) = shared.board.get().cloned() else { continue };
                let mut serving = Client::new(board, Rights::All(shared.pause.clone()));
                // A client that is lost is no failure of this program.
                thread::spawn(move || serving.serve(client));
            }
        });
        Ok(Listening { name, socket, _note: note })
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        // One that stays is taken over by the next program.
        let _ = fs::remove_file(&self.socket);
    }
}

/// Connects to the program that shares a board, if there is one.
pub(crate) fn join(board: &Board) -> Result<Option<SocketLink<UnixStream>>, OpenError> {
    let Some(stream) = connect(board) else { return Ok(None) };
    let io = |error: io::Error| OpenError::Io {
        port: board.target.clone(),
        kind: error.kind(),
        text: error.to_string(),
    };
    let link = SocketLink::new(stream, &board.target).map_err(io)?;
    let mut talk = serialtalk_hal::over(link, &board.target).plain().without_echo();
    let ms = board.timeout_ms();
    let told: Result<(), _> = talk.call(TIMEOUT, ms);
    Ok(told.ok().map(|()| talk.into_link()))
}

/// The claim to a port that another program has open, until this is dropped.
pub(crate) struct Paused {
    _connection: UnixStream,
}

/// Asks the program that shares a board, if there is one, to close its port.
pub(crate) fn pause(board: &Board) -> Result<Option<Paused>, OpenError> {
    let Some(stream) = connect(board) else { return Ok(None) };
    let busy = || OpenError::Busy { port: board.target.clone() };
    let connection = stream.try_clone().map_err(|_| busy())?;
    let link = SocketLink::new(stream, &board.target).map_err(|_| busy())?;
    let mut talk = serialtalk_hal::over(link, &board.target).plain().without_echo();
    talk.set_timeout(serialtalk::Timeout::Ms(ROOM_MS));
    let told: Result<(), _> = talk.call(PAUSE, ());
    told.map_err(|_| busy())?;
    Ok(Some(Paused { _connection: connection }))
}

/// How long the other program may take to close its port, in milliseconds.
const ROOM_MS: u32 = 4000;

fn connect(board: &Board) -> Option<UnixStream> {
    // The name of a board takes a look at all ports of this machine.
    if !is_any_shared() {
        return None;
    }
    let name = name(&board.target);
    // A board that this program shares itself is not to be had from another one.
    if runtime::noted(&note(&name)).is_some_and(|holder| holder == process::id().to_string()) {
        return None;
    }
    let stream = UnixStream::connect(path(&name).ok()?).ok()?;
    stream.set_write_timeout(Some(Duration::from_secs(1))).ok()?;
    Some(stream)
}

/// Whether a program shares any board, or has left a socket.
fn is_any_shared() -> bool {
    let files = runtime::folder().and_then(fs::read_dir).into_iter().flatten().flatten();
    files.map(|file| file.path()).any(|path| path.extension().is_some_and(|extension| extension == "sock"))
}

/// The name of a board in the folder of running programs.
fn name(target: &str) -> String {
    as_file_name(&lasting(target))
}

/// The note that has the id of the program that shares a board.
fn note(name: &str) -> String {
    format!("{name}.pid")
}

fn path(name: &str) -> io::Result<PathBuf> {
    Ok(runtime::folder()?.join(format!("{name}.sock")))
}
