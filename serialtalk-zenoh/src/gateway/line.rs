//! Boards at the end of a line: a serial port, a connection, a simulated board.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serialtalk::proto::{AsyncCarrier, Command};
use serialtalk::{Awaited, CallError, Ran, Timeout};
use serialtalk_hal::asynch::{Reconnecting, share};
use serialtalk_hal::reconnecting::State;
use serialtalk_hal::{LinkError, Shared, contract};

use super::contract::Contracts;
use super::from_board::FromBoard;
use super::port::Opening;
use super::reply::Answer;
use super::status::Status;
use crate::Deadline;
use crate::answer::Failure;
use crate::request::Request;

/// The way to a board whose line is driven elsewhere.
#[derive(Clone)]
pub(super) struct Line(pub(super) Shared<LinkError>);

/// What drives a line. It ends with the runtime.
pub(super) type Driver = Pin<Box<dyn Future<Output = ()> + Send>>;

/// How a line is driven.
pub(super) struct Terms {
    pub(super) name: String,
    /// Whether the board has to speak the checked link.
    pub(super) is_checked: bool,
    pub(super) status: Arc<Status>,
    /// Where the commands of the board are kept, if they are read from it.
    pub(super) contracts: Option<Arc<Contracts>>,
    pub(super) from_board: FromBoard,
}

/// Makes a line of what `open` opens, again whenever it is lost.
pub(super) fn drive(terms: Terms, open: impl FnMut() -> Opening + Send + 'static) -> (Line, Driver) {
    let Terms { name, is_checked, status, contracts, from_board } = terms;
    let listener = Arc::clone(&status);
    let reconnecting = Reconnecting::with(&name, open)
        .with_endpoint(|talk| if is_checked { talk.require_checked() } else { talk })
        .serve(from_board)
        .on_connect(async move |talk| {
            if let Some(contracts) = &contracts {
                let interface = match contract::read_async(talk).await {
                    Ok(interface) => Some(contracts.share(interface)),
                    Err(error) => {
                        log::debug!("the board does not tell its commands: {error}");
                        None
                    }
                };
                status.learn(interface);
            }
            Ok(())
        })
        .on_state(move |state| match state {
            State::Connected { .. } => listener.up(),
            State::Lost { reason, .. } => listener.down(&reason.to_string()),
            _ => {}
        });
    let (shared, run) = share(reconnecting);
    let run = async move {
        if let Err(error) = run.await {
            log::error!("{name} is given up: {error}");
        }
    };
    (Line(shared), Box::pin(run))
}

impl Line {
    /// Calls a command for a request.
    pub(super) async fn call(
        mut self,
        request: &Request,
        command: &str,
        payload: &[u8],
        deadline: Deadline,
    ) -> Answer {
        let left_ms = deadline.left_ms();
        if request.is_oneway {
            return self.send(command, payload, left_ms).await;
        }
        let timeout = left_ms.map_or(Timeout::Never, |ms| Timeout::Ms(ms.min(i32::MAX as u32)));
        let command =
            Command { timeout: Some(timeout), idempotent: request.is_idempotent, ..Command::new(command) };
        match AsyncCarrier::call_raw(&mut self.0, command, payload).await {
            Ok(reply) if reply.is_error() => Answer::Error(reply.payload().into()),
            Ok(reply) => Answer::Value(reply.payload().into()),
            Err(error) => failed(&error),
        }
    }

    /// Sends a command whose reply nobody awaits; is done when the line has taken it.
    async fn send(&mut self, command: &str, payload: &[u8], left_ms: Option<u32>) -> Answer {
        let sending = AsyncCarrier::send_raw(&mut self.0, command, payload);
        let limit = left_ms.map_or(Duration::MAX, |ms| Duration::from_millis(ms.into()));
        match tokio::time::timeout(limit, sending).await {
            Ok(Ok(())) => Answer::Value([].into()),
            Ok(Err(error)) => failed(&error),
            Err(_) => {
                let waited_ms = left_ms.unwrap_or(u32::MAX);
                let (awaited, ran) = (Awaited::Turn, Ran::Unknown);
                Answer::Failure(Failure::Timeout { waited_ms, awaited, ran, printed: String::new() })
            }
        }
    }
}

fn failed(error: &CallError<LinkError>) -> Answer {
    Answer::Failure(match error {
        CallError::Link { error: LinkError::NotConnected { reason, .. }, .. } => {
            Failure::Down { reason: reason.clone() }
        }
        error => Failure::of_call(error),
    })
}
