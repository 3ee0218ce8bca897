//! Decides when a TCP client opens a new connection; without sockets, so that it can be tested.

/// When a client opens a new connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Renewal {
    /// Nothing: a closed connection stays closed.
    Never,
    /// A frame is to be sent, and the other end has closed the connection.
    IfClosed,
    /// A frame is to be sent, and one went over this connection before.
    EachFrame,
}

/// The state of a connection that the decision depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Connection {
    renewal: Renewal,
    /// Part of a frame has been sent: the rest belongs on the same connection.
    within_frame: bool,
    used: bool,
    /// A frame has been sent and nothing has been received since.
    awaits: bool,
}

impl Connection {
    pub(crate) fn new(renewal: Renewal) -> Self {
        Self { renewal, within_frame: false, used: false, awaits: false }
    }

    pub(crate) fn opened(&mut self) {
        *self = Self::new(self.renewal);
    }

    pub(crate) fn sent(&mut self) {
        self.within_frame = true;
        self.used = true;
        self.awaits = true;
    }

    pub(crate) fn flushed(&mut self) {
        self.within_frame = false;
    }

    pub(crate) fn received(&mut self) {
        self.awaits = false;
    }

    /// Whether the next bytes are to be sent over a new connection. `closed` tells whether this one is, and is asked only
    /// if that matters.
    pub(crate) fn needs_renewal(&self, closed: impl FnOnce() -> bool) -> bool {
        !self.within_frame
            && match self.renewal {
                Renewal::Never => false,
                Renewal::IfClosed => closed(),
                Renewal::EachFrame => self.used || closed(),
            }
    }

    /// Whether the other end may close now: no answer is outstanding, and the next frame gets a new connection.
    pub(crate) fn may_end(&self) -> bool {
        self.renewal != Renewal::Never && !self.awaits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after_an_answer(renewal: Renewal) -> Connection {
        let mut connection = Connection::new(renewal);
        connection.sent();
        connection.flushed();
        connection.received();
        connection
    }

    #[test]
    fn without_renewal_a_connection_is_the_only_one() {
        let connection = after_an_answer(Renewal::Never);
        assert!(!connection.needs_renewal(|| true));
        assert!(!connection.may_end());
    }

    #[test]
    fn a_closed_connection_is_renewed_for_the_next_frame() {
        let connection = after_an_answer(Renewal::IfClosed);
        assert!(connection.needs_renewal(|| true));
        assert!(!connection.needs_renewal(|| false));
    }

    #[test]
    fn each_frame_gets_its_own_connection_and_is_not_torn() {
        let mut connection = Connection::new(Renewal::EachFrame);
        assert!(!connection.needs_renewal(|| false));
        connection.sent();
        assert!(!connection.needs_renewal(|| true));
        connection.flushed();
        assert!(connection.needs_renewal(|| false));
        connection.opened();
        assert!(!connection.needs_renewal(|| false));
    }

    #[test]
    fn closing_instead_of_answering_is_not_passed_over() {
        let mut connection = after_an_answer(Renewal::IfClosed);
        assert!(connection.may_end());
        connection.sent();
        connection.flushed();
        assert!(!connection.may_end());
    }
}
