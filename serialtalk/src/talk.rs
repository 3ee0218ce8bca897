//! What the blocking and the async endpoint have in common: how they are set up, and what they consist of.

/// How long discarding what arrives may take, in milliseconds.
pub(crate) const FLUSH_MS: u32 = 100;

/// Writes the methods that do no input or output, once for each of the two endpoints.
///
/// An endpoint is a `SerialTalk` that consists of a `Line` (with an `endpoint`, a `link`, a `clock` and a `name`) and a
/// `service`.
macro_rules! common_methods {
    () => {
        impl<L, C, S, const N: usize, const STRAY: usize> SerialTalk<L, C, S, N, STRAY> {
            /// Speaks the checked link with a peer that does, too, and plain SerialTalk with every other: on the checked link
            /// damaged frames are found and repeated, and no command runs twice.
            ///
            /// Bytes that have arrived before are lost.
            pub fn checked(self) -> SerialTalk<L, C, S, N, STRAY, Checked> {
                let Line { endpoint, link, clock, name } = self.line;
                let line = Line { endpoint: endpoint.speaking(), link, clock, name };
                SerialTalk { line, service: self.service }
            }
        }

        /// The checked link, with a peer that speaks it.
        impl<L, C, S, const N: usize, const STRAY: usize, const NUMBERS: usize>
            SerialTalk<L, C, S, N, STRAY, Checked<NUMBERS>>
        {
            /// Speaks nothing but the checked link: calls to a peer that does not fail with
            /// [`CallError::NotChecked`](crate::CallError::NotChecked), and commands that arrive in plain frames are refused.
            pub fn require_checked(mut self) -> Self {
                self.line.endpoint.set_policy(Policy::Require);
                self
            }

            /// Speaks plain SerialTalk, with every peer.
            pub fn plain(mut self) -> Self {
                self.line.endpoint.set_policy(Policy::Decline);
                self
            }

            /// Makes the sessions of this end differ from those of an earlier run: a random number. A board that has none, and is
            /// called by hosts, does without; two ends without speak plainly with each other.
            pub fn entropy(mut self, entropy: u32) -> Self {
                self.line.endpoint.set_entropy(entropy);
                self
            }

            /// Remembers the numbers of as many commands of the peer, 5 bytes each; 16 by default. If more are called, a number
            /// that was forgotten is asked for again. With 0, all commands are called by name.
            pub fn numbers<const COUNT: usize>(self) -> SerialTalk<L, C, S, N, STRAY, Checked<COUNT>> {
                let Line { endpoint, link, clock, name } = self.line;
                let line = Line { endpoint: endpoint.remembering(), link, clock, name };
                SerialTalk { line, service: self.service }
            }

            /// Whether there is a session with a peer that speaks the checked link.
            pub fn is_checked(&self) -> bool {
                self.line.endpoint.is_checked()
            }

            /// How many one-way commands of the peer were lost on the line.
            pub fn lost_oneway(&self) -> u32 {
                self.line.endpoint.lost_oneway()
            }
        }

        impl<L, C, S, const N: usize, const STRAY: usize, P: Protocol> SerialTalk<L, C, S, N, STRAY, P> {
            const fn from_parts(link: L, clock: C, service: S) -> Self {
                Self { line: Line { endpoint: Endpoint::new(), link, clock, name: LinkName::new() }, service }
            }

            /// Adds a service. Services that were added before remain.
            ///
            /// Does not compile if two of all the commands have the same name, or one has the name of another's reply.
            pub fn serve<T: CommandTable>(self, service: T) -> SerialTalk<L, C, (S, T), N, STRAY, P>
            where
                S: CommandTable,
            {
                const { check_together(&S::NAMES, &T::NAMES) }
                SerialTalk { line: self.line, service: (self.service, service) }
            }

            /// Limits frames to `BYTES` bytes, 32 to 258, in both directions; a small board saves memory this way.
            ///
            /// Bytes that have arrived before are lost.
            pub fn max_frame<const BYTES: usize>(self) -> SerialTalk<L, C, S, BYTES, STRAY, P> {
                self.resized()
            }

            /// Keeps the last `BYTES` bytes that arrive outside frames, such as a boot log, to be quoted in errors.
            ///
            /// Bytes that have arrived before are lost.
            pub fn keep_stray<const BYTES: usize>(self) -> SerialTalk<L, C, S, N, BYTES, P> {
                self.resized()
            }

            fn resized<const M: usize, const KEPT: usize>(self) -> SerialTalk<L, C, S, M, KEPT, P> {
                let Line { endpoint, link, clock, name } = self.line;
                let line = Line { endpoint: endpoint.resized(), link, clock, name };
                SerialTalk { line, service: self.service }
            }

            /// Names the link in errors: the path of a port, the address of a socket.
            #[cfg(feature = "alloc")]
            pub fn named(mut self, name: impl Into<alloc::string::String>) -> Self {
                self.line.name = LinkName::from(name.into());
                self
            }

            /// Declares that the peer has no `echo`, as peers on Arduino have not.
            ///
            /// Calls are then not resynchronised after a timeout, and the late reply to a call may be taken for the reply
            /// to a later call of the same command.
            pub fn without_echo(mut self) -> Self {
                self.line.endpoint.set_without_echo();
                self
            }

            /// Whether the peer has no `echo`, as far as is known.
            pub fn is_without_echo(&self) -> bool {
                self.line.endpoint.is_without_echo()
            }

            /// Sets how long calls wait for their replies, except calls of commands with a timeout of their own; 1500 ms
            /// by default.
            pub fn set_timeout(&mut self, timeout: Timeout) {
                self.line.endpoint.set_timeout(timeout);
            }

            /// How long calls wait for their replies, except calls of commands with a timeout of their own.
            pub fn timeout(&self) -> Timeout {
                self.line.endpoint.timeout()
            }

            /// Sets how long the rest of a frame may take to arrive after its last byte, in milliseconds: 1 to 60,000;
            /// 500 by default.
            pub fn set_frame_timeout(&mut self, ms: u16) {
                self.line.endpoint.set_frame_timeout(ms);
            }

            /// The services.
            pub fn service(&self) -> &S {
                &self.service
            }

            /// The services.
            pub fn service_mut(&mut self) -> &mut S {
                &mut self.service
            }

            /// The program's own state, found by its type: `let robot: &mut MyRobot = talk.state();`.
            ///
            /// Does not compile if two services have a state of that type; a program that needs this keeps its services
            /// and passes them to `process_with`.
            pub fn state<T, Where>(&mut self) -> &mut T
            where
                S: State<T, Where>,
            {
                self.service.state()
            }

            /// What drives the endpoint, and what it serves, for a driver that does more than one thing at a time.
            pub fn parts_mut(&mut self) -> (&mut Line<L, C, N, STRAY, P>, &mut S) {
                (&mut self.line, &mut self.service)
            }

            /// The link.
            pub fn link(&self) -> &L {
                &self.line.link
            }

            /// The link. The endpoint does not see bytes that are read from it here.
            pub fn link_mut(&mut self) -> &mut L {
                &mut self.line.link
            }

            /// Forgets the former connection after the link was opened again: what has arrived and was not served, what was not
            /// sent, and whether the peer asked for the command line.
            ///
            /// Services and settings remain. The next call sends `echo` first, or a hello on a checked link, so that no reply to an
            /// earlier call reaches it.
            pub fn forget_connection(&mut self) {
                self.line.endpoint.forget_connection();
            }

            /// Returns the link and drops the rest.
            pub fn into_link(self) -> L {
                self.line.link
            }

            /// The name of the link; empty if it has none.
            pub fn name(&self) -> &str {
                self.line.name.as_str()
            }

            /// The last bytes that arrived outside frames since the last reply.
            pub fn stray(&self) -> &Stray<STRAY> {
                self.line.endpoint.stray()
            }

            /// Whether the peer has asked for the command line with `enable repl`, and not sent `disable repl` since.
            pub fn wants_repl(&self) -> bool {
                self.line.endpoint.wants_repl()
            }

            /// The table of commands that are added at run time.
            #[cfg(feature = "alloc")]
            pub fn commands<Where>(&mut self) -> &mut Commands
            where
                S: State<Commands, Where>,
            {
                self.service.state()
            }

            /// Adds a command that is a closure; see [`Commands::add`].
            ///
            /// Does not compile if two of the services are tables of commands. Endpoints of a host start with one: add
            /// commands to it before another one is served.
            ///
            /// # Errors
            ///
            /// Returns an error if the name cannot be sent or the table is full.
            #[cfg(feature = "alloc")]
            pub fn add_command<A, H: Handler<A> + Send + 'static, Where>(
                &mut self,
                name: &str,
                handler: H,
            ) -> Result<(), BadName>
            where
                S: State<Commands, Where>,
            {
                self.service.state().add(name, handler)
            }

            /// Adds a command whose value is sent in a chosen format; see [`Commands::add_as`].
            ///
            /// # Errors
            ///
            /// Returns an error if the name cannot be sent or the table is full.
            #[cfg(feature = "alloc")]
            pub fn add_command_as<A, H: Handler<A> + Send + 'static, Where>(
                &mut self,
                name: &str,
                format: &str,
                handler: H,
            ) -> Result<(), BadName>
            where
                S: State<Commands, Where>,
            {
                self.service.state().add_as(name, format, handler)
            }
        }
    };
}

pub(crate) use common_methods;
