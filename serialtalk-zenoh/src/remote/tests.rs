//! Faults of gateways and of the way to them, which a gateway in working order does not make.

mod attempts;
mod carrier;
mod route;
mod told;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use serialtalk::proto::Carried;
use serialtalk::{CallError, Caller, Ran, Timeout};
use zenoh::bytes::Encoding;
use zenoh::query::{ConsolidationMode, Query, QueryTarget, Queryable};
use zenoh::{Session, Wait};

use super::{Board, Deadline, board, info};
use crate::answer::{Failure, JSON, SERIALTALK};
use crate::id::CallId;
use crate::keys::{self, Asked};
use crate::request::Request;
use crate::{Access, BoardInfo, BoardState, FleetError, Incarnation, LEASE_MS, boards, events, stream};

#[serialtalk::interface]
trait Robot {
    fn mult(&mut self, a: f32, b: f32) -> f32;
    #[command(idempotent, timeout_ms = 20_000)]
    fn count(&mut self) -> u8;
    #[command(oneway)]
    fn led(&mut self, on: bool);
}

/// More time than any answer takes.
const LONG: Timeout = Timeout::Ms(20_000);

/// Not enough time for anything.
const SHORT: Timeout = Timeout::Ms(100);

/// The socket of a router, which is removed at the end.
struct Router {
    path: String,
    session: Session,
}

impl Router {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir();
        let path = format!("{}/serialtalk-zenoh-{}-{count}", folder.display(), std::process::id());
        let session = Access::listen([format!("unixsock-stream/{path}")]).open().unwrap();
        Self { path, session }
    }

    fn session(&self) -> Session {
        Access::connect([format!("unixsock-stream/{}", self.path)]).open().unwrap()
    }

    /// Waits until the router knows who answers at a key, with this among other things.
    fn wait_for(&self, key: &str, with: &str) {
        let ask =
            || self.session.get(key).target(QueryTarget::All).consolidation(ConsolidationMode::None).wait();
        let answers = |reply: zenoh::query::Reply| {
            reply.into_result().unwrap().payload().try_to_string().unwrap().contains(with)
        };
        while !ask().unwrap().iter().any(answers) {}
    }
}

impl Drop for Router {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(format!("{}.lock", self.path));
        let _ = std::fs::remove_file(&self.path);
    }
}

/// What answers calls as a gateway.
type Answers = Box<dyn FnMut(Query, Request) + Send>;

/// Something that says that it is a gateway, and answers as a test wants it.
struct Fake {
    info: Arc<Mutex<BoardInfo>>,
    answers: Arc<Mutex<Answers>>,
    queryable: Queryable<()>,
    session: Session,
}

impl Fake {
    fn new(router: &Router, gateway: &str, answers: impl FnMut(Query, Request) + Send + 'static) -> Self {
        let info = Arc::new(Mutex::new(BoardInfo {
            board: "arm1".into(),
            gateway: gateway.into(),
            incarnation: Incarnation::new(),
            state: BoardState::Up,
            since_ms: 0,
            link: "fake".into(),
            interface: None,
        }));
        let answers: Arc<Mutex<Answers>> = Arc::new(Mutex::new(Box::new(answers)));
        let session = router.session();
        let answer = {
            let (info, answers, gateway) = (Arc::clone(&info), Arc::clone(&answers), gateway.to_owned());
            move |query: Query| {
                let rest = query.key_expr().as_str().splitn(3, '/').nth(2).unwrap().to_owned();
                match keys::asked(&rest) {
                    Some(Asked::Info { board }) => {
                        let info = info.lock().unwrap();
                        if board == info.board {
                            let key = format!("robots/{gateway}/{board}/info");
                            let json = serde_json::to_string(&*info).unwrap();
                            query.reply(key, json).encoding(Encoding::from(JSON)).wait().unwrap();
                        }
                    }
                    Some(Asked::Call { .. }) => {
                        let attachment = query.attachment().unwrap().to_bytes().into_owned();
                        let request = Request::from_bytes(&attachment).unwrap();
                        answers.lock().unwrap()(query, request);
                    }
                    _ => {}
                }
            }
        };
        let queryable =
            session.declare_queryable(keys::all("robots", gateway)).complete(true).callback(answer);
        let queryable = queryable.wait().unwrap();
        let run = info.lock().unwrap().incarnation.to_string();
        router.wait_for(&format!("robots/{gateway}/arm1/info"), &run);
        Self { info, answers, queryable, session }
    }

    fn restart(info: &Mutex<BoardInfo>) {
        info.lock().unwrap().incarnation = Incarnation::new();
    }
}

/// Serves the command as a board.
fn serve(query: Query) {
    struct Real;
    impl Robot for Real {
        fn mult(&mut self, a: f32, b: f32) -> f32 {
            a * b
        }
        fn count(&mut self) -> u8 {
            7
        }
        fn led(&mut self, _on: bool) {}
    }
    let command = query.key_expr().as_str().rsplit('/').next().unwrap().to_owned();
    let mut payload = query.payload().unwrap().to_bytes().into_owned();
    let mut buffer = [0; 258];
    let served = serialtalk::proto::serve(&mut RobotServer::new(Real), &command, &mut payload, &mut buffer);
    let served = served.unwrap();
    let encoding = Encoding::from(SERIALTALK);
    match served.is_error {
        false => query.reply(query.key_expr(), served.payload).encoding(encoding).wait().unwrap(),
        true => query.reply_err(served.payload).encoding(encoding).wait().unwrap(),
    }
}

fn fail(query: &Query, failure: &Failure) {
    query.reply_err(serde_json::to_string(failure).unwrap()).encoding(Encoding::from(JSON)).wait().unwrap();
}

fn robot(session: &Session, address: &str, timeout: Timeout) -> RobotClient<Carried<Board>> {
    RobotClient::over(Carried(board(session, address).unwrap().0.with_timeout(timeout)))
}

fn link_error<E: std::fmt::Debug>(error: CallError<FleetError, E>) -> FleetError {
    match error {
        CallError::Link { error, .. } => error,
        other => panic!("{other:?}"),
    }
}
