//! What happens to boards, published in order.

use std::sync::{Arc, Mutex};

use tokio::sync::mpsc;
use zenoh::qos::CongestionControl;
use zenoh::{Session, Wait};

use super::reply::json;
use super::status::now_ms;
use crate::lock::lock;
use crate::stream::settle;
use crate::{Event, EventKind, Incarnation};

/// How many events may wait to be published beside one for each board.
const SPARE: usize = 1024;

/// How many events are published in one go.
const BATCH: usize = 256;

/// Takes events, which another task publishes.
#[derive(Clone)]
pub(super) struct Events {
    gateway: Arc<str>,
    incarnation: Incarnation,
    /// How many there were, and the way to whoever publishes them: both change together, so that they stay in order.
    sender: Arc<Mutex<(u64, mpsc::Sender<Option<Event>>)>>,
}

/// The events that wait to be published; the last is `None`.
pub(super) type Waiting = mpsc::Receiver<Option<Event>>;

impl Events {
    /// Events of a gateway with so many boards.
    pub(super) fn new(gateway: &str, incarnation: Incarnation, boards: usize) -> (Self, Waiting) {
        let (sender, waiting) = mpsc::channel(boards + SPARE);
        let sender = Arc::new(Mutex::new((0, sender)));
        (Self { gateway: gateway.into(), incarnation, sender }, waiting)
    }

    /// Tells an event. If too many wait already it is lost, which its listeners see by the gap.
    pub(super) fn tell(&self, board: &str, kind: EventKind) {
        let mut sender = lock(&self.sender);
        sender.0 += 1;
        let event = Event {
            number: sender.0,
            gateway: self.gateway.to_string(),
            incarnation: self.incarnation,
            board: board.into(),
            kind,
            at_ms: now_ms(),
        };
        if let Err(error) = sender.1.try_send(Some(event)) {
            log::warn!("an event of {board} is lost: {error}");
        }
    }

    /// Tells that there are no more events.
    pub(super) fn end(&self) {
        let sender = lock(&self.sender).1.clone();
        // If as many wait as may, those that listen see at the token of the gateway that it has ended.
        let _ = sender.try_send(None);
    }
}

/// Publishes events at `key` until there are no more.
pub(super) async fn publish(session: Session, key: String, mut waiting: Waiting) {
    let mut events = Vec::new();
    while waiting.recv_many(&mut events, BATCH).await > 0 {
        let is_end = events.iter().any(Option::is_none);
        let (session, key, batch) = (session.clone(), key.clone(), std::mem::take(&mut events));
        // A network that does not take them may hold them up for a while.
        let publish = move || {
            batch.iter().flatten().for_each(|event| put(&session, &key, event));
            // A session that is closed now would not send the last ones.
            if is_end && let Err(error) = settle(&session, &key) {
                log::warn!("the last events may be lost: {error}");
            }
        };
        if tokio::task::spawn_blocking(publish).await.is_err() || is_end {
            return;
        }
    }
}

fn put(session: &Session, key: &str, event: &Event) {
    let put = session.put(key, json(event)).congestion_control(CongestionControl::Block);
    if let Err(error) = put.encoding(crate::answer::JSON).wait() {
        log::warn!("event {} of {} is lost: {error}", event.number, event.board);
    }
}
