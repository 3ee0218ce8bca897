//! What the blocking and the async REPL have in common: everything except reading and writing.

use crate::rpc::command::Timeout;

/// How long a program may run by default.
pub(super) const DEFAULT_TIMEOUT: Timeout = Timeout::Ms(10_000);

/// How long the board may take to reach its prompt by default, in milliseconds.
pub(super) const DEFAULT_PROMPT_MS: u32 = 5000;

/// How long a line may be that an evaluation keeps by default, in bytes.
#[cfg(all(feature = "repr", feature = "alloc"))]
pub(super) const DEFAULT_LINE_LIMIT: u32 = 1024 * 1024;

/// Writes the methods of a REPL, blocking or async.
///
/// A REPL consists of a `session`, a `link`, a `clock`, a `timeout`, a `prompt_ms` and, if it can keep lines of any length,
/// a `line_limit`. It has the methods `receive` and `send`.
macro_rules! repl_methods {
    ($Repl:ident, [$($Link:tt)+], $Clock:ident, [$($async:ident)?], [$($await:tt)*]) => {
        impl<L: $($Link)+, C: $Clock> $Repl<L, C> {
            /// Creates the REPL of a board about which nothing is known.
            pub const fn new(link: L, clock: C) -> Self {
                Self {
                    session: Session::new(),
                    link,
                    clock,
                    timeout: DEFAULT_TIMEOUT,
                    prompt_ms: DEFAULT_PROMPT_MS,
                    #[cfg(all(feature = "repr", feature = "alloc"))]
                    line_limit: DEFAULT_LINE_LIMIT,
                }
            }
        }

        impl<L: $($Link)+, C: $Clock, const N: usize> $Repl<L, C, N> {
            /// Changes the size of the buffer to `M` bytes. The board has to be activated again.
            pub fn buffer<const M: usize>(self) -> $Repl<L, C, M> {
                $Repl {
                    session: Session::new(),
                    link: self.link,
                    clock: self.clock,
                    timeout: self.timeout,
                    prompt_ms: self.prompt_ms,
                    #[cfg(all(feature = "repr", feature = "alloc"))]
                    line_limit: self.line_limit,
                }
            }

            /// Sets how long a program may run, including the time in which it is sent; 10 s by default. Then it is
            /// interrupted by Ctrl-C.
            pub fn set_timeout(&mut self, timeout: Timeout) {
                self.timeout = timeout;
            }

            /// How long a program may run.
            pub fn timeout(&self) -> Timeout {
                self.timeout
            }

            /// Sets how long the board may take to reach its prompt, in milliseconds; 5 s by default.
            pub fn set_prompt_timeout(&mut self, ms: u32) {
                self.prompt_ms = ms;
            }

            /// Sets how many bytes of a line [`eval`](Self::eval) keeps while it waits for the value, which is the last line;
            /// 1 MiB by default. A program that prints a longer one is interrupted by Ctrl-C.
            #[cfg(all(feature = "repr", feature = "alloc"))]
            pub fn set_line_limit(&mut self, bytes: u32) {
                self.line_limit = bytes;
            }

            /// How many bytes of a line [`eval`](Self::eval) keeps.
            #[cfg(all(feature = "repr", feature = "alloc"))]
            pub fn line_limit(&self) -> u32 {
                self.line_limit
            }

            /// The link.
            pub fn link(&self) -> &L {
                &self.link
            }

            /// The link. The REPL does not see bytes that are read from it or sent over it here.
            pub fn link_mut(&mut self) -> &mut L {
                &mut self.link
            }

            /// Returns the link, and leaves the board as it is.
            pub fn into_link(self) -> L {
                self.link
            }

            /// Whether the board has raw paste; `None` before a program of more than 61 bytes was run on it.
            pub fn has_raw_paste(&self) -> Option<bool> {
                self.session.has_raw_paste()
            }

            /// Brings the board to its raw prompt, whatever it does: a program is interrupted, a SerialTalk peer leaves its
            /// command loop. Every other method does this by itself if necessary.
            ///
            /// # Errors
            ///
            /// Returns [`ReplError::NoPrompt`] after `timeout_ms` milliseconds, or an error of the link.
            pub $($async)? fn activate(&mut self, timeout_ms: u32) -> Result<(), ReplError<L::Error>> {
                self.session.activate(timeout_ms, self.clock.now());
                self.drive_prompt(timeout_ms)$($await)*
            }

            /// Runs code to its end. Its output is passed to `printed`, piece by piece as it arrives.
            ///
            /// # Errors
            ///
            /// Returns any [`ReplError`] except `Value`, `TooLong` and `LineTooLong`.
            pub $($async)? fn run<'a>(
                &mut self,
                script: impl Into<Script<'a>>,
                printed: impl FnMut(&[u8]),
            ) -> Result<(), ReplError<L::Error>> {
                self.converse(script, &mut Printed(printed))$($await)*
            }

            /// Runs code to its end, and exchanges text with it meanwhile.
            ///
            /// # Errors
            ///
            /// Returns any [`ReplError`] except `Value`, `TooLong` and `LineTooLong`.
            pub $($async)? fn converse<'a>(
                &mut self,
                script: impl Into<Script<'a>>,
                conversation: &mut impl Conversation,
            ) -> Result<(), ReplError<L::Error>> {
                self.drive_program(&script.into(), conversation, false)$($await)*
            }

            /// Starts code that is to keep running, and returns once the board has received all of it.
            ///
            /// The link then belongs to the program; [`into_link`](Self::into_link) returns it. Any other method ends the
            /// program.
            ///
            /// # Errors
            ///
            /// Returns any [`ReplError`] except `Value`, `TooLong` and `LineTooLong`.
            pub $($async)? fn start<'a>(&mut self, script: impl Into<Script<'a>>) -> Result<(), ReplError<L::Error>> {
                self.drive_program(&script.into(), &mut Printed(|_: &[u8]| {}), true)$($await)*
            }

            /// Evaluates a Python expression. Its value is converted as that of a reply is.
            ///
            /// The `repr` of the value has to fit `buffer`, with three bytes to spare.
            ///
            /// # Errors
            ///
            /// Returns any [`ReplError`] except `LineTooLong`.
            #[cfg(feature = "repr")]
            pub $($async)? fn eval_in<'a, T: for<'b> Decode<'b>>(
                &mut self,
                expression: impl Into<Script<'a>>,
                buffer: &mut [u8],
            ) -> Result<T, ReplError<L::Error>> {
                let mut line = LastLine::new(buffer);
                self.drive_program(&eval::program(expression.into()), &mut line, false)$($await)*?;
                line.decode()
            }

            /// Evaluates a Python expression. Its value is converted as that of a reply is.
            ///
            /// # Errors
            ///
            /// Returns any [`ReplError`] except `TooLong`. It is [`ReplError::LineTooLong`] if the board prints a line, of
            /// the value or before it, that is longer than the [limit](Self::set_line_limit).
            #[cfg(all(feature = "repr", feature = "alloc"))]
            pub $($async)? fn eval<'a, T: for<'b> Decode<'b>>(
                &mut self,
                expression: impl Into<Script<'a>>,
            ) -> Result<T, ReplError<L::Error>> {
                let mut line = LastLine::new(eval::Growing::new(self.line_limit));
                let outcome = self.drive_program(&eval::program(expression.into()), &mut line, false)$($await)*;
                line.check(outcome)?;
                line.decode()
            }

            /// Leaves raw mode for the friendly prompt. Names and modules are kept.
            ///
            /// # Errors
            ///
            /// Returns [`ReplError::NoPrompt`], or an error of the link.
            pub $($async)? fn exit(&mut self) -> Result<(), ReplError<L::Error>> {
                self.ensure_prompt()$($await)*?;
                self.session.exit(self.prompt_ms, self.clock.now());
                self.drive_prompt(self.prompt_ms)$($await)*
            }

            /// Restarts Python without its `main.py` and returns to the raw prompt: all names and modules are forgotten.
            ///
            /// # Errors
            ///
            /// Returns [`ReplError::NoPrompt`], or an error of the link.
            pub $($async)? fn soft_reset(&mut self) -> Result<(), ReplError<L::Error>> {
                self.ensure_prompt()$($await)*?;
                self.session.soft_reset(self.prompt_ms, self.clock.now());
                self.drive_prompt(self.prompt_ms)$($await)*
            }

            /// Restarts Python, which then runs `main.py`, if there is one. The link then belongs to that program, as after
            /// [`start`](Self::start).
            ///
            /// # Errors
            ///
            /// Returns [`ReplError::NoPrompt`], or an error of the link.
            pub $($async)? fn restart(&mut self) -> Result<(), ReplError<L::Error>> {
                self.ensure_prompt()$($await)*?;
                self.session.restart(self.prompt_ms, self.clock.now());
                self.drive_prompt(self.prompt_ms)$($await)*
            }

            $($async)? fn ensure_prompt(&mut self) -> Result<(), ReplError<L::Error>> {
                if self.session.is_active() { Ok(()) } else { self.activate(self.prompt_ms)$($await)* }
            }

            /// Drives an exchange that ends at a prompt.
            $($async)? fn drive_prompt(&mut self, timeout_ms: u32) -> Result<(), ReplError<L::Error>> {
                let to_error = |ending: Ending<'_>| ReplError::of_ending(ending, None, Timeout::Ms(timeout_ms));
                self.drive(&Script::new(""), &mut Printed(|_: &[u8]| {}), false, to_error)$($await)*
            }

            /// Runs a program to its end, or until it has started.
            $($async)? fn drive_program(
                &mut self,
                script: &Script<'_>,
                conversation: &mut impl Conversation,
                only_start: bool,
            ) -> Result<(), ReplError<L::Error>> {
                self.ensure_prompt()$($await)*?;
                let timeout = self.timeout;
                self.session.run(timeout, self.clock.now());
                let to_error = |ending: Ending<'_>| ReplError::of_ending(ending, Some(script), timeout);
                self.drive(script, conversation, only_start, to_error)$($await)*
            }

            $($async)? fn drive(
                &mut self,
                script: &Script<'_>,
                conversation: &mut impl Conversation,
                only_start: bool,
                to_error: impl FnOnce(Ending<'_>) -> Result<(), ReplError<L::Error>>,
            ) -> Result<(), ReplError<L::Error>> {
                loop {
                    if only_start && self.session.is_running() {
                        self.session.abandon();
                        return Ok(());
                    }
                    let now = self.clock.now();
                    match self.session.poll(script, now) {
                        Action::Transmit(bytes) => {
                            let sent = send(&mut self.link, bytes)$($await)*?;
                            self.session.consume(sent);
                        }
                        Action::Receive { wait_ms } => self.receive(wait_ms)$($await)*?,
                        Action::Converse { wait_ms } => {
                            if conversation.is_over() && self.session.interrupt(now) {
                                continue;
                            }
                            match conversation.input() {
                                [] => self.receive(wait_ms)$($await)*?,
                                bytes => {
                                    let sent = send(&mut self.link, bytes)$($await)*?;
                                    conversation.sent(sent);
                                    self.session.conversed();
                                    self.receive(Some(0))$($await)*?;
                                }
                            }
                        }
                        Action::Output(bytes) => {
                            if conversation.output(bytes).is_break() {
                                self.session.interrupt(now);
                            }
                        }
                        Action::Done(ending) => return to_error(ending),
                    }
                }
            }
        }
    };
}

pub(super) use repl_methods;
