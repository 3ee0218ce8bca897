//! What boards and gateways publish.

use std::marker::PhantomData;
use std::time::{Duration, Instant};

use serialtalk::proto::{RawReply, ReplyDecoder};
use serialtalk::{CallError, Decode, Value};
use zenoh::handlers::{RingChannel, RingChannelHandler};
use zenoh::pubsub::Subscriber;
use zenoh::query::QueryTarget;
use zenoh::{Session, Wait};

use crate::keys::{self, Address};
use crate::{Event, FleetError};

/// How many values wait for a program that does not take them. Then the oldest are dropped.
const SAMPLES: usize = 1024;

/// How many events wait for a program that does not take them: more than the boards of a large gateway.
const EVENTS: usize = 16_384;

/// How long what a session has sent may take to arrive.
const SETTLED: Duration = Duration::from_millis(500);

/// Waits until what a session has sent has arrived, up to 500 ms: routers take it in its order, and this is a question.
pub(crate) fn settle(session: &Session, key: &str) -> zenoh::Result<()> {
    let answers = session.get(key).target(QueryTarget::All).timeout(SETTLED).wait()?;
    while answers.recv().is_ok() {}
    Ok(())
}

/// The values of one command that a board sends by itself, or that its gateway polls, from now on. Waits until those that publish
/// know of it, up to 500 ms.
///
/// # Errors
///
/// Returns an error if Zenoh fails.
pub fn stream(session: &Session, board: &Address, command: &str) -> Result<Stream<Sample>, FleetError> {
    Stream::new(session, &board.stream(command), SAMPLES)
}

/// What happens to the boards of a realm from now on. Waits until its gateways know of it, up to 500 ms.
///
/// # Errors
///
/// Returns an error if Zenoh fails.
pub fn events(session: &Session, realm: &str) -> Result<Stream<Event>, FleetError> {
    Stream::new(session, &keys::events(realm, None), EVENTS)
}

/// Values that arrive. As many as 1,024 wait for their taker, of events 16,384; then the oldest is dropped, as the numbers of the
/// others tell.
#[derive(Debug)]
pub struct Stream<T> {
    subscriber: Subscriber<RingChannelHandler<zenoh::sample::Sample>>,
    value: PhantomData<fn() -> T>,
}

impl<T: Published> Stream<T> {
    fn new(session: &Session, key: &str, capacity: usize) -> Result<Self, FleetError> {
        let engine = |error: zenoh::Error| FleetError::engine(&error);
        let subscriber =
            session.declare_subscriber(key).with(RingChannel::new(capacity)).wait().map_err(engine)?;
        settle(session, key).map_err(engine)?;
        Ok(Self { subscriber, value: PhantomData })
    }

    /// Waits for the next value.
    ///
    /// # Errors
    ///
    /// Returns an error if the session is closed, or what came cannot be read; the next one may be had then.
    pub fn recv(&self) -> Result<T, FleetError> {
        T::read(&self.subscriber.recv().map_err(|error| FleetError::engine(&error))?)
    }

    /// Waits for the next value for some time; `None` if none has come.
    ///
    /// # Errors
    ///
    /// Returns an error if the session is closed, or what came cannot be read; the next one may be had then.
    pub fn recv_timeout(&self, within: Duration) -> Result<Option<T>, FleetError> {
        let Some(deadline) = Instant::now().checked_add(within) else { return self.recv().map(Some) };
        let next = self.subscriber.recv_deadline(deadline);
        next.map_err(|error| FleetError::engine(&error))?.map(|sample| T::read(&sample)).transpose()
    }

    /// Waits for the next value, on any executor.
    ///
    /// # Errors
    ///
    /// Returns an error if the session is closed, or what came cannot be read; the next one may be had then.
    pub async fn recv_async(&self) -> Result<T, FleetError> {
        T::read(&self.subscriber.recv_async().await.map_err(|error| FleetError::engine(&error))?)
    }
}

/// What can be read from what was published.
pub trait Published: Sized {
    #[doc(hidden)]
    fn read(sample: &zenoh::sample::Sample) -> Result<Self, FleetError>;
}

impl Published for Event {
    fn read(sample: &zenoh::sample::Sample) -> Result<Self, FleetError> {
        let key = sample.key_expr();
        let event: Self = serde_json::from_slice(&sample.payload().to_bytes())
            .map_err(|error| FleetError::engine(&format!("{key} is no event: {error}")))?;
        // Rules are about keys.
        match key.split('/').nth(1) == Some(&*keys::chunk(&event.gateway)) {
            true => Ok(event),
            false => {
                Err(FleetError::engine(&format!("{key} told an event of the gateway {}", event.gateway)))
            }
        }
    }
}

/// The values of one message of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Counted by the gateway from 1, for each stream by itself: a gap tells of lost values.
    pub number: u64,
    /// The key at which it was published.
    key: String,
    payload: Vec<u8>,
}

impl Sample {
    /// The payload, as the board wrote it.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// The values, as a type: a tuple for several.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with them.
    pub fn decode<T: for<'a> Decode<'a>>(&self) -> Result<T, CallError<FleetError>> {
        self.reply().decode("", &self.key, ReplyDecoder::VALUE)
    }

    /// The values, whatever they are: a tuple for several.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with them.
    pub fn value(&self) -> Result<Value, CallError<FleetError>> {
        self.reply().decode("", &self.key, ReplyDecoder::DYNAMIC)
    }

    fn reply(&self) -> RawReply {
        RawReply::new(&self.payload, false)
    }
}

impl Published for Sample {
    fn read(sample: &zenoh::sample::Sample) -> Result<Self, FleetError> {
        let attachment = sample.attachment().map(|bytes| bytes.to_bytes().into_owned());
        let number = attachment.as_deref().and_then(|bytes| bytes.try_into().ok()).map(u64::from_le_bytes);
        let number = number.ok_or_else(|| {
            FleetError::engine(&format!(
                "a value of {} has no number in its attachment: use the same version at both ends",
                sample.key_expr()
            ))
        })?;
        Ok(Self {
            number,
            key: sample.key_expr().to_string(),
            payload: sample.payload().to_bytes().into_owned(),
        })
    }
}
