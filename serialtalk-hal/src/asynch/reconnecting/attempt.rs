//! An attempt to make a connection.

use alloc::sync::Arc;
use core::pin::Pin;

use embedded_io_async::{Read, Write};
use serialtalk::{AsyncCaller, AsyncService, Interface};
use tokio::sync::Mutex;

use super::super::SerialTalk;
use crate::reconnecting::lifecycle::READY_MS;
use crate::reconnecting::{ConnectionError, LinkSlot, SetUpResult};
use crate::services::Services;
use crate::{LinkError, OpenError};

/// What an attempt needs besides the set-up.
pub(super) struct Parts<L, S: Services> {
    pub(super) talk: SerialTalk<LinkSlot<L>, S>,
    pub(super) open: Open<L>,
}

pub(super) type Open<L> = Box<dyn FnMut() -> Opening<L> + Send>;

type Opening<L> = Pin<Box<dyn Future<Output = Result<L, OpenError>> + Send>>;

/// What the future returns that connects a [`Reconnecting`](super::Reconnecting); for bounds of code that keeps one.
pub struct Attempted<L, S: Services> {
    pub(super) parts: Parts<L, S>,
    pub(super) outcome: Result<(), ConnectionError>,
}

/// Makes a connection. The future owns all that it needs, so it can be left and taken up again.
pub(super) async fn attempt<L, S, U>(
    mut parts: Parts<L, S>,
    interfaces: Vec<&'static Interface>,
    set_up: Arc<Mutex<U>>,
) -> Attempted<L, S>
where
    L: Read<Error = LinkError> + Write<Error = LinkError>,
    S: Services<All: AsyncService>,
    U: AsyncFnMut(&mut SerialTalk<LinkSlot<L>, S>) -> SetUpResult,
{
    let outcome = parts.connect(&interfaces, &mut *set_up.lock().await).await;
    Attempted { parts, outcome }
}

impl<L: Read<Error = LinkError> + Write<Error = LinkError>, S: Services<All: AsyncService>> Parts<L, S> {
    /// Opens the link unless it is open, compares the interfaces with those of the peer, and sets up what was opened.
    async fn connect(
        &mut self,
        interfaces: &[&'static Interface],
        set_up: &mut impl AsyncFnMut(&mut SerialTalk<LinkSlot<L>, S>) -> SetUpResult,
    ) -> Result<(), ConnectionError> {
        let is_new = self.talk.link().get().is_none();
        if is_new {
            let link = (self.open)().await.map_err(ConnectionError::Open)?;
            self.talk.link_mut().put(link);
            self.talk.forget_connection();
            self.talk.ready(READY_MS).await.map_err(ConnectionError::of_check)?;
        }
        for interface in interfaces {
            self.talk.agree(interface, READY_MS).await.map_err(ConnectionError::of_check)?;
        }
        if is_new {
            set_up(&mut self.talk).await.map_err(|error| ConnectionError::SetUp(error.into()))?;
        }
        Ok(())
    }
}
