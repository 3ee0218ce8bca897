//! The clients of a server: who is let in, and who has to leave for that.

use core::time::Duration;
use std::io;
use std::time::Instant;

use super::client::{Client, Stream};
use super::server::Limits;

/// After an error that is not the fault of one connection, nobody is let in for so long, or until a client leaves.
const PAUSE: Duration = Duration::from_millis(100);

/// While there is no descriptor left and nobody seems to need one, the listening socket is left alone for so long: it may
/// claim all the time that there is something to accept.
const SHORT_PAUSE: Duration = Duration::from_millis(10);

/// How many connections are accepted before those that are there get their turn.
const NEWCOMERS: usize = 16;

/// The clients that are connected.
#[derive(Debug)]
pub(crate) struct Clients<S> {
    all: Vec<Client<S>>,
    limits: Limits,
    paused_until: Option<Instant>,
    /// Whether a client had to leave for one that could still not be accepted.
    has_made_room: bool,
}

/// What came of an attempt to accept a connection.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    /// The next may be let in at once.
    Next,
    /// Someone was let in, and the next has to wait until everyone has had a turn.
    Enough,
    /// Nobody waits, or nobody can be let in for a while.
    Closed,
}

impl<S: Stream> Clients<S> {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { all: Vec::new(), limits, paused_until: None, has_made_room: false }
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    #[cfg(any(unix, feature = "tokio", test))]
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Client<S>> {
        self.all.iter()
    }

    /// The client at an index, and the limits for it.
    pub(crate) fn at(&mut self, index: usize) -> Option<(&mut Client<S>, &Limits)> {
        Some((self.all.get_mut(index)?, &self.limits))
    }

    /// Closes a connection.
    pub(crate) fn remove(&mut self, index: usize) {
        self.all.remove(index);
        self.paused_until = None;
    }

    /// How many attempts to accept a connection may be made in a turn: few enough that everyone who is let in has had a turn
    /// before having to leave.
    pub(crate) fn attempts(&self) -> usize {
        let Limits { max_clients, .. } = self.limits;
        match self.paused_until {
            Some(until) if Instant::now() < until => 0,
            _ if self.all.len() < max_clients => (max_clients - self.all.len()).min(NEWCOMERS),
            _ => (max_clients / 4).clamp(1, NEWCOMERS),
        }
    }

    /// Handles what an attempt to accept a connection came to. `is_awaited` tells whether somebody waits to be let in.
    ///
    /// # Errors
    ///
    /// Returns an error if the listening socket itself is of no use any more.
    pub(crate) fn admit(
        &mut self,
        accepted: io::Result<S>,
        is_awaited: impl FnOnce() -> bool,
    ) -> io::Result<Admission> {
        self.paused_until = None;
        let error = match accepted {
            Ok(stream) => {
                if self.all.len() >= self.limits.max_clients {
                    self.make_room();
                }
                self.all.push(Client::new(stream));
                let is_without_descriptors = core::mem::take(&mut self.has_made_room);
                return Ok(if is_without_descriptors { Admission::Enough } else { Admission::Next });
            }
            Err(error) => error,
        };
        match error.kind() {
            io::ErrorKind::WouldBlock => return Ok(Admission::Closed),
            // The socket does not listen.
            io::ErrorKind::InvalidInput => return Err(error),
            _ if super::gave_up(&error) => return Ok(Admission::Next),
            _ => {}
        }
        if has_no_descriptor(&error) {
            // Some systems say so also if nobody wants to be let in.
            if !is_awaited() {
                self.paused_until = Some(Instant::now() + SHORT_PAUSE);
                return Ok(Admission::Closed);
            }
            if !self.has_made_room && self.make_room() {
                self.has_made_room = true;
                return Ok(Admission::Next);
            }
        }
        self.has_made_room = false;
        self.paused_until = Some(Instant::now() + PAUSE);
        Ok(Admission::Closed)
    }

    /// Closes the connection of a client, if there is one: of the one that has been silent longest. Those that have never
    /// sent a command may not take more than half of the places from those that have.
    fn make_room(&mut self) -> bool {
        let newcomers = self.all.iter().filter(|client| !client.has_called()).count();
        let of_newcomers = newcomers > self.all.len() / 2;
        let candidates =
            self.all.iter().enumerate().filter(|(_, client)| !(of_newcomers && client.has_called()));
        let Some((index, _)) = candidates.min_by_key(|(_, client)| client.heard()) else { return false };
        self.remove(index);
        true
    }

    /// When there is something to do even if nothing arrives.
    pub(crate) fn due(&self) -> Option<Instant> {
        self.all.iter().filter_map(Client::due).chain(self.paused_until).min()
    }
}

fn has_no_descriptor(error: &io::Error) -> bool {
    error.raw_os_error().is_some_and(|code| NO_DESCRIPTOR.contains(&code))
}

/// ENFILE and EMFILE; the numbers are the same on every Unix.
#[cfg(unix)]
const NO_DESCRIPTOR: [i32; 2] = [23, 24];

/// WSAEMFILE.
#[cfg(not(unix))]
const NO_DESCRIPTOR: [i32; 1] = [10024];

#[cfg(test)]
mod tests {
    use serialtalk::Timeout;

    use super::*;

    /// A connection with a number.
    #[derive(Debug)]
    struct Numbered(usize);

    impl Stream for Numbered {
        fn read_now(&self, _buffer: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::WouldBlock.into())
        }

        fn write_now(&self, _bytes: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::WouldBlock.into())
        }
    }

    fn clients(max_clients: usize) -> Clients<Numbered> {
        Clients::new(Limits { max_clients, idle: Timeout::Never, write: Timeout::Never })
    }

    fn numbers(clients: &Clients<Numbered>) -> Vec<usize> {
        clients.iter().map(|client| client.stream.0).collect()
    }

    fn no_descriptor() -> io::Result<Numbered> {
        Err(io::Error::from_raw_os_error(NO_DESCRIPTOR[0]))
    }

    #[test]
    fn everyone_has_a_turn_before_having_to_leave() {
        for max_clients in [1, 2, 3, 5, 64, 1000] {
            let mut clients = clients(max_clients);
            let mut number = 0;
            for _ in 0..2 * max_clients {
                let first = number;
                for _ in 0..clients.attempts() {
                    assert_eq!(clients.admit(Ok(Numbered(number)), || true).unwrap(), Admission::Next);
                    number += 1;
                }
                let all = numbers(&clients);
                assert!(number > first && (first..number).all(|new| all.contains(&new)), "{max_clients}");
                assert!(all.len() <= max_clients);
            }
        }
    }

    #[test]
    fn without_a_descriptor_one_makes_room_and_no_more() {
        let mut clients = clients(9);
        for number in 1..=3 {
            clients.admit(Ok(Numbered(number)), || true).unwrap();
        }
        assert_eq!(clients.admit(no_descriptor(), || false).unwrap(), Admission::Closed);
        assert_eq!(numbers(&clients), [1, 2, 3], "nobody has asked for room");
        assert_eq!(clients.attempts(), 0);
        assert_eq!(clients.admit(no_descriptor(), || true).unwrap(), Admission::Next);
        assert_eq!(clients.admit(Ok(Numbered(4)), || true).unwrap(), Admission::Enough);
        assert_eq!(numbers(&clients), [2, 3, 4]);
        assert_eq!(clients.admit(no_descriptor(), || true).unwrap(), Admission::Next);
        assert_eq!(clients.admit(no_descriptor(), || true).unwrap(), Admission::Closed);
        assert_eq!(numbers(&clients), [3, 4], "it did not help");
        assert_eq!(clients.attempts(), 0);
        assert!(clients.due().is_some());
    }

    #[test]
    fn a_client_that_leaves_ends_the_pause() {
        let mut clients = clients(9);
        clients.admit(Ok(Numbered(1)), || true).unwrap();
        let error = io::Error::from(io::ErrorKind::NetworkDown);
        assert_eq!(clients.admit(Err(error), || true).unwrap(), Admission::Closed);
        assert_eq!(numbers(&clients), [1], "it cannot help");
        assert_eq!(clients.attempts(), 0);
        clients.remove(0);
        assert!(clients.attempts() > 0);
    }

    #[test]
    fn the_fault_of_one_connection_is_that_of_no_other() {
        let mut clients = clients(9);
        let error = io::Error::from(io::ErrorKind::ConnectionAborted);
        assert_eq!(clients.admit(Err(error), || true).unwrap(), Admission::Next);
        let error = io::Error::from(io::ErrorKind::WouldBlock);
        assert_eq!(clients.admit(Err(error), || true).unwrap(), Admission::Closed);
        assert!(clients.attempts() > 0);
        assert!(clients.admit(Err(io::ErrorKind::InvalidInput.into()), || true).is_err());
    }
}
