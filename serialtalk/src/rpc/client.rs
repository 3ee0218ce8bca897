//! What the clients of all interfaces have in common.

use super::interface::Interface;

/// A client of an interface whose calls go through a `C`.
///
/// `#[serialtalk::interface]` implements it for `RobotClient<C>`, if `C` is a [`Caller`](crate::Caller), and for
/// `RobotAsyncClient<C>`, if `C` is an `AsyncCaller`. With it, whatever makes clients is written once for all interfaces:
///
/// ```
/// # use serialtalk::{CallError, Client, Clock, Link, SerialTalk};
/// # #[serialtalk::interface]
/// # trait Robot { fn mult(&mut self, a: f32, b: f32) -> f32; }
/// fn open<T: Client<SerialTalk<L, C>>, L: Link, C: Clock>(link: L, clock: C) -> T {
///     T::over(SerialTalk::new(link, clock))
/// }
///
/// # fn host<L: Link<Error: core::error::Error>>(link: L, clock: impl Clock) -> Result<f32, CallError<L::Error>> {
/// let mut robot: RobotClient<_> = open(link, clock);
/// robot.mult(5.9, 94.0)
/// # }
/// ```
pub trait Client<C>: Sized {
    /// The description of the interface.
    const INTERFACE: &'static Interface;

    /// Creates a client whose calls go through `caller`, and [tells it](crate::Caller::expect_interface) which interface its
    /// peer has to have.
    fn over(caller: C) -> Self;

    /// Returns what carries the calls, and drops the client.
    fn into_caller(self) -> C;
}
