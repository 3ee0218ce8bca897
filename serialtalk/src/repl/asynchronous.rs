//! The async REPL: reads, writes, waits and nothing else.

use core::pin::pin;

use embedded_io_async::{Read, Write};

use super::conversation::{Conversation, Printed};
#[cfg(feature = "repr")]
use super::evaluate::{self, Answer};
use super::{ACTIVATE_MS, Ending, RUN_MS, ReplError, Script, Session, Step};
use crate::asynchronous::{first, pass};
use crate::clock::AsyncClock;
use crate::command::Timeout;
use crate::error::LinkError;
#[cfg(feature = "repr")]
use crate::value::Decode;

/// A board's REPL over an embedded-io-async device.
///
/// Nothing is sent before something is asked for. Each method brings the board to its raw prompt first, if it is not
/// there, and so interrupts whatever runs on it. A future may be dropped at any time, as when a program is not to be waited
/// for any longer: what is done next interrupts it.
///
/// `N` is the size of its buffer in bytes, at least 128; see [`Session`].
#[derive(Debug)]
pub struct AsyncRepl<L, C, const N: usize = 512> {
    session: Session<N>,
    link: L,
    clock: C,
    limit: Timeout,
    patience_ms: u32,
}

impl<L: Read + Write, C: AsyncClock> AsyncRepl<L, C> {
    /// The REPL of a board of which nothing is known.
    pub const fn new(link: L, clock: C) -> Self {
        Self { session: Session::new(), link, clock, limit: Timeout::Ms(RUN_MS), patience_ms: ACTIVATE_MS }
    }
}

impl<L: Read + Write, C: AsyncClock, const N: usize> AsyncRepl<L, C, N> {
    /// The same with a buffer of another size. The board has to be activated anew.
    pub fn buffer<const M: usize>(self) -> AsyncRepl<L, C, M> {
        AsyncRepl {
            session: Session::new(),
            link: self.link,
            clock: self.clock,
            limit: self.limit,
            patience_ms: self.patience_ms,
        }
    }

    /// Sets how long a program may run, its sending included; 10 s if never set. Then it is interrupted by Ctrl-C.
    pub fn set_limit(&mut self, limit: Timeout) {
        self.limit = limit;
    }

    /// How long a program may run.
    pub fn limit(&self) -> Timeout {
        self.limit
    }

    /// Sets how long the board may take to come to its prompt, in milliseconds; 5 s if never set.
    pub fn set_patience_ms(&mut self, patience_ms: u32) {
        self.patience_ms = patience_ms;
    }

    /// What carries the bytes.
    pub fn link(&self) -> &L {
        &self.link
    }

    /// What carries the bytes. What is read from it or sent over it here is missed by the REPL.
    pub fn link_mut(&mut self) -> &mut L {
        &mut self.link
    }

    /// Gives the link back, and leaves the board as it is.
    pub fn into_link(self) -> L {
        self.link
    }

    /// Whether the board has raw paste; none before a program was run on it that is longer than 61 bytes.
    pub fn has_raw_paste(&self) -> Option<bool> {
        self.session.has_raw_paste()
    }

    /// Brings the board to its raw prompt, whatever it does: interrupts a program, leaves the command loop of a SerialTalk
    /// peer by `enable repl`. Done by every other method where it is needed, within its
    /// [patience](Self::set_patience_ms).
    ///
    /// # Errors
    ///
    /// [`ReplError::NoPrompt`], and errors of the link.
    pub async fn activate(&mut self, within_ms: u32) -> Result<(), ReplError<L::Error>> {
        let now = self.clock.now();
        self.session.activate(within_ms, now);
        self.drive_prompt(Timeout::Ms(within_ms)).await
    }

    /// Runs code to its end, with what it prints handed on as it comes.
    ///
    /// # Errors
    ///
    /// Every kind of [`ReplError`] but those of values.
    pub async fn run<'a>(
        &mut self,
        script: impl Into<Script<'a>>,
        printed: impl FnMut(&[u8]),
    ) -> Result<(), ReplError<L::Error>> {
        self.converse(script, &mut Printed(printed)).await
    }

    /// Runs code to its end, and talks with it meanwhile.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    pub async fn converse<'a>(
        &mut self,
        script: impl Into<Script<'a>>,
        conversation: &mut impl Conversation,
    ) -> Result<(), ReplError<L::Error>> {
        self.drive(&script.into(), conversation, false).await
    }

    /// Starts code that is to run on, and returns once the board has all of it. The line then is the program's: take it with
    /// [`into_link`](Self::into_link). Anything else done here ends the program.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    pub async fn start<'a>(&mut self, script: impl Into<Script<'a>>) -> Result<(), ReplError<L::Error>> {
        self.drive(&script.into(), &mut Printed(|_: &[u8]| {}), true).await
    }

    /// Evaluates a Python expression, and reads its value with the rules for the value of a reply. Its text, five bytes
    /// more in all, has to fit `buffer`.
    ///
    /// # Errors
    ///
    /// Every kind of [`ReplError`].
    #[cfg(feature = "repr")]
    pub async fn eval_in<'a, T: for<'b> Decode<'b>>(
        &mut self,
        expression: impl Into<Script<'a>>,
        buffer: &mut [u8],
    ) -> Result<T, ReplError<L::Error>> {
        let mut answer = Answer::new(buffer);
        self.drive(&evaluate::script(expression.into()), &mut answer, false).await?;
        answer.read()
    }

    /// Evaluates a Python expression, and reads its value with the rules for the value of a reply.
    ///
    /// # Errors
    ///
    /// Every kind of [`ReplError`] but [`TooLong`](ReplError::TooLong).
    #[cfg(all(feature = "repr", feature = "alloc"))]
    pub async fn eval<'a, T: for<'b> Decode<'b>>(
        &mut self,
        expression: impl Into<Script<'a>>,
    ) -> Result<T, ReplError<L::Error>> {
        let mut answer = Answer::new(alloc::vec::Vec::new());
        self.drive(&evaluate::script(expression.into()), &mut answer, false).await?;
        answer.read()
    }

    /// Leaves raw mode for the prompt that people use. What was run so far stays.
    ///
    /// # Errors
    ///
    /// [`ReplError::NoPrompt`], and errors of the link.
    pub async fn exit(&mut self) -> Result<(), ReplError<L::Error>> {
        self.ensure_prompt().await?;
        self.session.exit(self.patience_ms, self.clock.now());
        self.drive_prompt(Timeout::Ms(self.patience_ms)).await
    }

    /// Restarts Python without its `main.py` and comes back to the raw prompt: no name and no module of before is left.
    ///
    /// # Errors
    ///
    /// [`ReplError::NoPrompt`], and errors of the link.
    pub async fn soft_reset(&mut self) -> Result<(), ReplError<L::Error>> {
        self.ensure_prompt().await?;
        self.session.soft_reset(self.patience_ms, self.clock.now());
        self.drive_prompt(Timeout::Ms(self.patience_ms)).await
    }

    /// Restarts Python, which then runs `main.py`, if there is one. The line then is that program's, as after
    /// [`start`](Self::start).
    ///
    /// # Errors
    ///
    /// [`ReplError::NoPrompt`], and errors of the link.
    pub async fn restart(&mut self) -> Result<(), ReplError<L::Error>> {
        self.ensure_prompt().await?;
        self.session.restart(self.patience_ms, self.clock.now());
        self.drive_prompt(Timeout::Ms(self.patience_ms)).await
    }

    async fn ensure_prompt(&mut self) -> Result<(), ReplError<L::Error>> {
        if self.session.is_active() { Ok(()) } else { self.activate(self.patience_ms).await }
    }

    async fn drive_prompt(&mut self, limit: Timeout) -> Result<(), ReplError<L::Error>> {
        let mut nobody = Printed(|_: &[u8]| {});
        self.steps(&Script::new(""), &mut nobody, false, |ending| ReplError::of_ending(ending, None, limit))
            .await
    }

    async fn drive(
        &mut self,
        script: &Script<'_>,
        conversation: &mut impl Conversation,
        only_start: bool,
    ) -> Result<(), ReplError<L::Error>> {
        self.ensure_prompt().await?;
        let limit = self.limit;
        self.session.run(limit, self.clock.now());
        let end = |ending: Ending<'_>| ReplError::of_ending(ending, Some(script), limit);
        self.steps(script, conversation, only_start, end).await
    }

    async fn steps(
        &mut self,
        script: &Script<'_>,
        conversation: &mut impl Conversation,
        only_start: bool,
        end: impl FnOnce(Ending<'_>) -> Result<(), ReplError<L::Error>>,
    ) -> Result<(), ReplError<L::Error>> {
        loop {
            if only_start && self.session.is_running() {
                self.session.abandon();
                return Ok(());
            }
            let now = self.clock.now();
            match self.session.step(script, now) {
                Step::Send(bytes) => {
                    let sent = send(&mut self.link, bytes).await?;
                    self.session.sent(sent);
                }
                Step::Receive(wait_ms) => self.receive(wait_ms).await?,
                Step::Converse(wait_ms) => match conversation.input() {
                    [] => self.receive(wait_ms).await?,
                    bytes => {
                        let sent = send(&mut self.link, bytes).await?;
                        conversation.sent(sent);
                        self.session.conversed();
                        self.receive(Some(0)).await?;
                    }
                },
                Step::Output(bytes) => {
                    if conversation.output(bytes).is_break() {
                        self.session.interrupt(now);
                    }
                }
                Step::Done(ending) => return end(ending),
            }
        }
    }

    async fn receive(&mut self, wait_ms: Option<u32>) -> Result<(), LinkError<L::Error>> {
        let read = self.link.read(self.session.spare());
        let count = first(pin!(read), pin!(pass(&self.clock, wait_ms))).await;
        let Some(count) = count else { return Ok(()) };
        match count.map_err(LinkError::Failed)? {
            0 => Err(LinkError::Closed),
            count => {
                self.session.received(count);
                Ok(())
            }
        }
    }
}

async fn send<L: Write>(link: &mut L, bytes: &[u8]) -> Result<usize, LinkError<L::Error>> {
    let sent = link.write(bytes).await.map_err(LinkError::Failed)?;
    link.flush().await.map_err(LinkError::Failed)?;
    Ok(sent)
}
