//! A board at a gateway, for the clients of its interface.

mod attempts;
mod call;
mod deadline;
mod reply;
mod route;
#[cfg(all(test, unix))]
mod tests;

use std::sync::{Arc, Mutex};
use std::time::Instant;

use serialtalk::proto::{AsyncCarrier, Carried, Carrier, Command, RawReply, encode_arguments};
use serialtalk::{CallError, Context, Interface, Timeout};
use zenoh::Session;

use crate::info::BoardState;
use crate::keys::{Address, BadAddress};
use crate::request::DEFAULT_MS;
use crate::{BoardInfo, FleetError};
use attempts::Attempts;
use call::Call;
pub(crate) use deadline::{Deadline, pause};
use route::Route;

/// A caller of the board at an address, such as `robots/cell1/arm1`, or `robots/*/arm1` at whatever gateway has it. Asks nobody anything.
///
/// ```no_run
/// #[serialtalk::interface]
/// trait Robot {
///     fn mult(&mut self, a: f32, b: f32) -> f32;
/// }
///
/// let session = serialtalk_zenoh::Access::default().open()?;
/// let mut robot = RobotClient::over(serialtalk_zenoh::board(&session, "robots/cell1/arm1")?);
/// assert_eq!(robot.mult(2.0, 3.0)?, 6.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Returns an error if the text is not an address.
pub fn board(session: &Session, address: &str) -> Result<Carried<Board>, BadAddress> {
    Ok(Carried(Board::new(session, address.parse()?)))
}

/// What the gateway of a board tells of it, within 1,500 ms.
///
/// # Errors
///
/// `NoSuchBoard`, `Unreachable`, `Several`, and `Engine`.
pub fn info(session: &Session, address: &Address) -> Result<BoardInfo, FleetError> {
    pollster::block_on(info_async(session, address))
}

/// What the gateway of a board tells of it, within 1,500 ms; awaited.
///
/// # Errors
///
/// `NoSuchBoard`, `Unreachable`, `Several`, and `Engine`.
pub async fn info_async(session: &Session, address: &Address) -> Result<BoardInfo, FleetError> {
    route::find(session, address, Deadline::after_ms(DEFAULT_MS)).await
}

/// A board at a gateway, which carries calls that block and calls that are awaited, on any executor.
///
/// A call runs at most once, unless its command is idempotent. It ends at most 2.5 s after its time. Where nobody can know whether it
/// ran, it fails with [`FleetError::Lost`].
///
/// Clones share what they know of the way to the board.
#[derive(Debug, Clone)]
pub struct Board {
    session: Session,
    address: Address,
    /// The address as text.
    name: String,
    timeout: Timeout,
    interface: Option<&'static Interface>,
    /// The way that the last call took, and when.
    route: Arc<Mutex<Option<(Route, Instant)>>>,
}

impl Board {
    /// The board at an address. Asks nobody anything.
    pub fn new(session: &Session, address: Address) -> Self {
        Self {
            session: session.clone(),
            name: address.to_string(),
            address,
            timeout: Timeout::Ms(DEFAULT_MS),
            interface: None,
            route: Arc::default(),
        }
    }

    /// Waits this long for replies to commands that do not say how long, instead of 1,500 ms.
    #[must_use]
    pub fn with_timeout(self, timeout: Timeout) -> Self {
        Self { timeout, ..self }
    }

    /// The address.
    pub fn address(&self) -> &Address {
        &self.address
    }

    async fn call(&self, command: Command<'_>, payload: &[u8]) -> Result<RawReply, CallError<FleetError>> {
        Attempts::new(self, Call::new(self, command, payload, false)).run().await
    }

    async fn send(&self, name: &str, payload: &[u8]) -> Result<(), CallError<FleetError>> {
        let known = self.interface.and_then(|interface| interface.command(name));
        let command = known.map_or(Command::new(name), |known| known.command());
        Attempts::new(self, Call::new(self, command, payload, true)).run().await.map(drop)
    }

    /// Waits until the board is connected and answers `echo`.
    async fn ready(&self, within_ms: u32) -> Result<(), CallError<FleetError>> {
        let deadline = Deadline::after_ms(within_ms);
        let failed = |error| CallError::Link { error, context: Context::new("echo", &self.name, b"") };
        let unsendable =
            |error| CallError::Unsendable { error, context: Context::new("echo", &self.name, b"") };
        let payload = encode_arguments("echo", |payload| {
            payload.no_arguments();
            Ok(())
        })
        .map_err(unsendable)?;
        loop {
            let info = route::find(&self.session, &self.address, deadline).await.map_err(failed)?;
            let error = match info.state {
                BoardState::Down(reason) => failed(FleetError::Down { board: self.name.clone(), reason }),
                BoardState::Up => {
                    let timeout = Some(Timeout::Ms(deadline.left_ms().unwrap_or(within_ms)));
                    match self.call(Command { timeout, ..Command::new("echo") }, &payload).await {
                        // It was unplugged meanwhile.
                        Err(error @ CallError::Link { error: FleetError::Down { .. }, .. }) => error,
                        answer => return answer.map(drop),
                    }
                }
            };
            pause(route::PAUSE_MAX_MS, deadline).await;
            if deadline.is_over() {
                return Err(error);
            }
        }
    }
}

/// Blocks, in a task of an executor, too.
impl Carrier for Board {
    type Error = FleetError;

    fn name(&self) -> &str {
        &self.name
    }

    fn expect_interface(&mut self, interface: &'static Interface) {
        self.interface = Some(interface);
    }

    fn call_raw(&mut self, command: Command<'_>, payload: &[u8]) -> Result<RawReply, CallError<FleetError>> {
        pollster::block_on(self.call(command, payload))
    }

    fn send_raw(&mut self, name: &str, payload: &[u8]) -> Result<(), CallError<FleetError>> {
        pollster::block_on(self.send(name, payload))
    }

    fn wait_until_ready(&mut self, within_ms: u32) -> Result<(), CallError<FleetError>> {
        pollster::block_on(self.ready(within_ms))
    }
}

impl AsyncCarrier for Board {
    type Error = FleetError;

    fn name(&self) -> &str {
        &self.name
    }

    fn expect_interface(&mut self, interface: &'static Interface) {
        self.interface = Some(interface);
    }

    async fn call_raw(
        &mut self,
        command: Command<'_>,
        payload: &[u8],
    ) -> Result<RawReply, CallError<FleetError>> {
        self.call(command, payload).await
    }

    async fn send_raw(&mut self, name: &str, payload: &[u8]) -> Result<(), CallError<FleetError>> {
        self.send(name, payload).await
    }

    async fn wait_until_ready(&mut self, within_ms: u32) -> Result<(), CallError<FleetError>> {
        self.ready(within_ms).await
    }
}
