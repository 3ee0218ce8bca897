//! What the blocking and the async caller have in common.

/// Writes the methods that wait for nothing, once for each of the two callers.
///
/// A caller is a `Reconnecting` that consists of a `lifecycle`, the `parts` of an attempt unless one has them, a `timeout` and a
/// `clock`.
macro_rules! common_methods {
    () => {
        /// Tells the program each change of [`State`], which as text is a line for a log.
        pub fn on_state(mut self, listener: impl FnMut(State<'_>) + Send + 'static) -> Self {
            self.lifecycle.set_listener(listener);
            self
        }

        /// Makes calls wait up to so many milliseconds for the next connection, though not beyond their own deadlines. Without
        /// this, they are errors at once.
        pub fn wait_for_reconnection(mut self, ms: u32) -> Self {
            self.lifecycle.set_patience(ms);
            self
        }

        /// Whether there is a connection, as far as is known here.
        pub fn is_connected(&self) -> bool {
            self.lifecycle.is_connected()
        }

        /// Gives the connection up, so that another is made. Does nothing if there is none.
        pub fn give_up(&mut self) {
            if self.lifecycle.is_open() {
                self.lose(ConnectionError::GivenUp);
            }
        }

        /// The endpoint, with its services; `None` while a connection is being made.
        pub fn endpoint(&mut self) -> Option<&mut SerialTalk<LinkSlot<L>, S>> {
            self.parts.as_mut().map(|parts| &mut parts.talk)
        }

        /// Ends the connection.
        fn lose(&mut self, reason: ConnectionError) {
            if let Some(parts) = &mut self.parts {
                parts.talk.link_mut().clear();
            }
            self.lifecycle.lose(reason, self.clock.elapsed());
        }

        /// How long calls wait for replies by default.
        fn timeout(&self) -> Timeout {
            self.parts.as_ref().map_or(self.timeout, |parts| parts.talk.timeout())
        }
    };
}

pub(crate) use common_methods;
