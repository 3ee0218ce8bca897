//! A place where gateways run and programs call their boards, each with a session of its own.
#![allow(dead_code, reason = "each test needs some of it")]

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serialtalk_zenoh::{Access, BoardInfo, BoardState, info};
use zenoh::{Session, Wait};

/// How long something may take that takes a moment: longer means that it never happens.
pub(crate) const LONG: Duration = Duration::from_secs(30);

/// A router at a socket of its own.
pub(crate) struct Place {
    address: String,
    socket: PathBuf,
    /// Programs run here, too.
    pub(crate) session: Session,
}

impl Place {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let socket = std::env::temp_dir().join(format!("serialtalk-place-{}-{number}", std::process::id()));
        let address = format!("unixsock-stream/{}", socket.display());
        let session = Access::listen([&address]).open().unwrap();
        Self { address, socket, session }
    }

    /// A session of another program.
    pub(crate) fn join(&self) -> Session {
        Access::connect([&self.address]).open().unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.session.close().wait().unwrap();
        let _ = std::fs::remove_file(&self.socket);
    }
}

/// Waits until something is there.
#[track_caller]
pub(crate) fn until<T>(what: &str, mut found: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(began.elapsed() < LONG, "not within {LONG:?}: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Waits until a board is connected.
#[track_caller]
pub(crate) fn until_up(session: &Session, address: &str) -> BoardInfo {
    until(address, || {
        let info = info(session, &address.parse().unwrap()).ok()?;
        (info.state == BoardState::Up).then_some(info)
    })
}

/// Sends a query as a program does that knows nothing of Rust: the payloads of all replies, or the texts of errors.
pub(crate) fn get(session: &Session, key: &str, payload: &[u8]) -> Vec<Result<Vec<u8>, String>> {
    get_with(session, key, payload, None)
}

/// Sends a query with an attachment.
pub(crate) fn get_with(
    session: &Session,
    key: &str,
    payload: &[u8],
    attachment: Option<&[u8]>,
) -> Vec<Result<Vec<u8>, String>> {
    let replies = session.get(key).payload(payload).attachment(attachment).wait().unwrap();
    let payload = |reply: zenoh::query::Reply| match reply.result() {
        Ok(sample) => Ok(sample.payload().to_bytes().into_owned()),
        Err(error) => Err(String::from_utf8_lossy(&error.payload().to_bytes()).into_owned()),
    };
    replies.iter().map(payload).collect()
}

/// The attachment of a call with this id, as many milliseconds, and this attempt, sent to this run of a gateway.
pub(crate) fn attachment(id: u128, budget_ms: u32, attempt: u32, incarnation: Option<u64>) -> Vec<u8> {
    let mut bytes = vec![1, if incarnation.is_some() { 8 } else { 0 }];
    bytes.extend(id.to_le_bytes());
    bytes.extend(budget_ms.to_le_bytes());
    bytes.extend(attempt.to_le_bytes());
    bytes.extend(incarnation.unwrap_or_default().to_le_bytes());
    bytes
}
