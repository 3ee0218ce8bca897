//! Reading the contract of a live board.

#[cfg(feature = "tokio")]
use serialtalk::AsyncCaller;
use serialtalk::{Caller, Timeout};

use super::interface::Interface;
use super::reading::{ANSWER_MS, DESCRIBE, ReadError, Reading};

const ANSWER: Timeout = Timeout::Ms(ANSWER_MS);

/// Reads the commands that a peer describes, in the order of their numbers.
///
/// Commands that it does not describe are left out: those of an interface that is not marked `describe`, those that were
/// added at run time, and those of a module that is not loaded. A peer that does not answer for 300 ms is not waited for:
/// use [`Caller::ready`] first for a board that may still be booting. Later questions are repeated if an answer is lost.
///
/// # Errors
///
/// A peer that is silent, that describes nothing, or whose descriptions are none or exceed the limits of a contract; errors
/// of the link.
pub fn read<C>(caller: &mut C) -> Result<Interface, ReadError<C::Error>>
where
    C: Caller<Error: core::error::Error + 'static>,
{
    let mut reading = Reading::new();
    while let Some(question) = reading.question()? {
        let answer = caller.within(ANSWER).call(DESCRIBE, question);
        reading.take(answer)?;
    }
    reading.finish()
}

/// Reads the commands that a peer describes, as [`read`] does.
///
/// # Errors
///
/// Those of [`read`].
#[cfg(feature = "tokio")]
pub async fn read_async<C>(caller: &mut C) -> Result<Interface, ReadError<C::Error>>
where
    C: AsyncCaller<Error: core::error::Error + 'static>,
{
    let mut reading = Reading::new();
    while let Some(question) = reading.question()? {
        let answer = caller.within(ANSWER).call(DESCRIBE, question).await;
        reading.take(answer)?;
    }
    reading.finish()
}
