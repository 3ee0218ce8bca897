//! A gateway that runs.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;
use tokio::time::{interval, timeout};
use zenoh::liveliness::LivelinessToken;
use zenoh::query::Queryable;
use zenoh::{Session, Wait};

use super::events::{self, Events};
use super::pulse::BEAT;
use super::queries::Desk;
use super::{Gateway, GatewayError};
use crate::{Incarnation, LEASE_MS, keys};

/// How many threads drive lines and answer calls.
const WORKERS: usize = 2;

/// How many services may be busy at a time.
const BUSY_SERVICES: usize = 64;

/// How long a thread waits for the next call of a service before it ends.
const IDLE: Duration = Duration::from_secs(2);

/// How often ids of calls are forgotten, in beats.
const SWEEP_BEATS: u32 = 4;

/// How long a gateway of the same name that has ended without a word may still be seen.
const GONE: Duration = Duration::from_millis(LEASE_MS as u64 + 500);

/// How long to wait before it is looked for again.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// How long the network may take to tell which gateways run.
const LOOK: Duration = Duration::from_secs(2);

/// How long what is being done at the end may take.
const END: Duration = Duration::from_secs(2);

/// A gateway that runs until this is dropped.
pub struct RunningGateway {
    desk: Arc<Desk>,
    events: Events,
    publisher: Option<JoinHandle<()>>,
    queryable: Option<Queryable<()>>,
    token: Option<LivelinessToken>,
    runtime: Option<Runtime>,
}

pub(super) fn start(gateway: Gateway, session: &Session) -> Result<RunningGateway, GatewayError> {
    let (realm, name) = (gateway.realm.clone(), gateway.name.clone());
    if realm.is_empty() || name.is_empty() {
        return Err(GatewayError::NoName);
    }
    let incarnation = Incarnation::new();
    let boards = gateway.ports.len() + gateway.services.len();
    let (events, waiting) = Events::new(&name, incarnation, boards);
    let (seats, drivers) = gateway.seats(session, &events)?;
    if seats.contains_key("") {
        return Err(GatewayError::NoName);
    }
    let alone = |goes_first: &dyn Fn(Incarnation) -> bool| {
        let began = Instant::now();
        loop {
            let others = others(session, &realm, &name, incarnation)?;
            let is_taken = others.iter().any(|other| goes_first(*other)) || began.elapsed() > GONE;
            match others.is_empty() {
                true => return Ok(()),
                false if is_taken => {
                    return Err(GatewayError::NameTaken { realm: realm.clone(), gateway: name.clone() });
                }
                false => thread::sleep(LOOK_AGAIN),
            }
        }
    };
    alone(&|_| false)?;
    let token = session.liveliness().declare_token(keys::alive(&realm, &name, incarnation)).wait();
    let token = token.map_err(|error| GatewayError::engine(&error))?;
    // Of two that start at the same time, the one with the lower number goes on, once the other has ended.
    alone(&|other| other.0 < incarnation.0)?;

    let runtime = Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .max_blocking_threads(BUSY_SERVICES)
        .thread_keep_alive(IDLE)
        .thread_name("board gateway")
        .enable_all()
        .build()?;
    let events_key = keys::events(&realm, Some(&name));
    let publisher = runtime.spawn(events::publish(session.clone(), events_key, waiting));
    let desk = Arc::new(Desk::new(realm, name, incarnation, seats, runtime.handle().clone()));
    for driver in drivers {
        runtime.spawn(driver);
    }
    runtime.spawn(beat(Arc::clone(&desk)));
    let callback = {
        let desk = Arc::clone(&desk);
        move |query| desk.take(query)
    };
    // Complete, so that Zenoh asks one of two gateways of one name.
    let queryable = session.declare_queryable(keys::all(&desk.realm, &desk.gateway)).complete(true);
    let queryable = queryable.callback(callback).wait();
    let queryable = queryable.map_err(|error| GatewayError::engine(&error))?;
    Ok(RunningGateway {
        desk,
        events,
        publisher: Some(publisher),
        queryable: Some(queryable),
        token: Some(token),
        runtime: Some(runtime),
    })
}

/// The other runs of a gateway of this name.
fn others(
    session: &Session,
    realm: &str,
    name: &str,
    ours: Incarnation,
) -> Result<Vec<Incarnation>, GatewayError> {
    let tokens = session.liveliness().get(keys::all_alive(realm, name)).timeout(LOOK).wait();
    let tokens = tokens.map_err(|error| GatewayError::engine(&error))?;
    let incarnation = |key: &str| Incarnation::try_from(key.rsplit('/').next()?.to_owned()).ok();
    let found = tokens.iter().filter_map(|reply| incarnation(reply.result().ok()?.key_expr()));
    Ok(found.filter(|found| *found != ours).collect())
}

/// Notes that the gateway runs, has late calls answered, and old ones forgotten.
async fn beat(desk: Arc<Desk>) {
    let mut beats = interval(BEAT);
    for count in 1u32.. {
        beats.tick().await;
        desk.pulse.beat();
        desk.answer_late();
        if count % SWEEP_BEATS == 0 {
            desk.sweep();
        }
    }
}

impl RunningGateway {
    /// The number of this run.
    pub fn incarnation(&self) -> Incarnation {
        self.desk.incarnation
    }
}

/// Ends it in order: no more calls, the boards are told to be down, the gateway is not there any more, the lines are closed.
impl Drop for RunningGateway {
    fn drop(&mut self) {
        if let Some(queryable) = self.queryable.take()
            && let Err(error) = queryable.undeclare().wait()
        {
            log::debug!("the gateway cannot take back its keys: {error}");
        }
        self.desk.seats().for_each(|seat| seat.status.down("its gateway has ended"));
        self.events.end();
        let (publisher, runtime) = (self.publisher.take(), self.runtime.take());
        let token = self.token.take();
        let (Some(publisher), Some(runtime)) = (publisher, runtime) else { return };
        // A runtime must not end inside of another, of which this may be a thread.
        let ending = thread::spawn(move || {
            let published = runtime.block_on(async { timeout(END, publisher).await });
            if published.is_err() {
                log::warn!("the last events of the gateway are lost: the network did not take them");
            }
            drop(token);
            runtime.shutdown_timeout(END);
        });
        if ending.join().is_err() {
            log::error!("the gateway has not ended in order");
        }
    }
}
