//! One client of a server for many: a connection on which nothing ever waits.

use core::time::Duration;
use std::io;
use std::time::Instant;

use serialtalk::proto::{Action, Endpoint, FrameHandle, MAX_FRAME};
use serialtalk::{Checked, Service};

use super::server::Limits;
use crate::entropy::entropy;

/// A stream that is read and written only as far as is possible at once; [`io::ErrorKind::WouldBlock`] if it is not.
pub(crate) trait Stream {
    fn read_now(&self, buffer: &mut [u8]) -> io::Result<usize>;
    fn write_now(&self, bytes: &[u8]) -> io::Result<usize>;
}

/// One client: its connection, its end of the protocol, and how long it has kept the server waiting.
#[derive(Debug)]
pub(crate) struct Client<S> {
    pub(crate) stream: S,
    endpoint: Endpoint<MAX_FRAME, 0, Checked>,
    connected: Instant,
    /// When it sent its last command; when it connected, before the first.
    heard: Instant,
    has_called: bool,
    /// Since when its reply waits for room.
    stuck: Option<Instant>,
    /// When it is to be looked at again, also if nothing arrives.
    due: Option<Instant>,
}

/// What a client wants.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// This command served.
    Serve(FrameHandle),
    /// Nothing at the moment.
    Nothing,
}

/// The connection is closed, broken, or to be closed because a limit is passed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Gone;

impl<S: Stream> Client<S> {
    pub(crate) fn new(stream: S) -> Self {
        let now = Instant::now();
        let mut endpoint = Endpoint::<MAX_FRAME, 0, Checked>::new();
        endpoint.set_entropy(entropy());
        Self { stream, endpoint, connected: now, heard: now, has_called: false, stuck: None, due: Some(now) }
    }

    pub(crate) fn heard(&self) -> Instant {
        self.heard
    }

    pub(crate) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Whether it has ever sent a command.
    pub(crate) fn has_called(&self) -> bool {
        self.has_called
    }

    /// Whether it waits for room to write, and not for something to read.
    #[cfg(any(unix, feature = "tokio"))]
    pub(crate) fn is_stuck(&self) -> bool {
        self.stuck.is_some()
    }

    /// Sends and receives what is possible at once. The next command is not looked for before the last reply is sent, so
    /// that replies do not pile up here.
    ///
    /// Limits are checked last: after a handler that took long, a client is silent only if nothing of it has arrived
    /// meanwhile.
    pub(crate) fn advance(&mut self, limits: &Limits) -> Result<Wish, Gone> {
        let now = Instant::now();
        self.due = None;
        if self.transmit(now)? {
            let mut action = self.endpoint.poll(self.ms(now));
            if matches!(action, Action::Receive { .. }) && self.receive(now)? {
                action = self.endpoint.poll(self.ms(now));
            }
            match action {
                Action::Serve(frame) => return Ok(Wish::Serve(frame)),
                Action::Transmit => {
                    self.transmit(now)?;
                    self.due = Some(now);
                }
                Action::Receive { wait_ms: Some(ms) } => {
                    self.due = Some(now + Duration::from_millis(ms.into()));
                }
                _ => {}
            }
        }
        let ends = [
            limits.idle().map(|limit| self.heard + limit),
            self.stuck.zip(limits.write()).map(|(since, limit)| since + limit),
        ];
        let end = ends.into_iter().flatten().min();
        if end.is_some_and(|end| end <= now) {
            return Err(Gone);
        }
        self.due = self.due.into_iter().chain(end).min();
        Ok(Wish::Nothing)
    }

    pub(crate) fn serve(&mut self, command: FrameHandle, service: &mut impl Service) {
        self.endpoint.serve(command, service);
        self.reply();
    }

    #[cfg(feature = "tokio")]
    pub(crate) async fn serve_async(
        &mut self,
        command: FrameHandle,
        service: &mut impl serialtalk::AsyncService,
    ) {
        use serialtalk::proto::Dispatch;
        if let Some(mut incoming) = self.endpoint.open(command)
            && let Some(dispatch) = incoming.dispatch(service)
        {
            let result = match dispatch {
                Dispatch::Answered(result) => result,
                Dispatch::Serve(number) => {
                    service.serve(number, &mut incoming.call, &mut incoming.reply).await
                }
            };
            incoming.finish(result);
        }
        self.reply();
    }

    /// Sends the reply as far as it goes. If the connection is broken, the next turn finds it so.
    fn reply(&mut self) {
        // Not when the command came: how long a handler takes is not the client's fault.
        self.heard = Instant::now();
        self.has_called = true;
        let _ = self.transmit(self.heard);
    }

    /// Sends what is to be sent, and tells whether all of it went.
    fn transmit(&mut self, now: Instant) -> Result<bool, Gone> {
        while !self.endpoint.transmit().is_empty() {
            match at_once(self.stream.write_now(self.endpoint.transmit()))? {
                Some(count) => {
                    self.endpoint.consume(count);
                    self.stuck = None;
                }
                None => {
                    self.stuck.get_or_insert(now);
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Receives what has arrived, and tells whether something has.
    fn receive(&mut self, now: Instant) -> Result<bool, Gone> {
        let received = at_once(self.stream.read_now(self.endpoint.recv_buf()))?;
        let ms = self.ms(now);
        received.inspect(|count| self.endpoint.commit(*count, ms));
        Ok(received.is_some())
    }

    /// The time as the endpoint counts it.
    fn ms(&self, now: Instant) -> u32 {
        now.duration_since(self.connected).as_millis() as u32
    }
}

/// How many bytes went, at least one; `None` if none could at the moment.
fn at_once(outcome: io::Result<usize>) -> Result<Option<usize>, Gone> {
    use io::ErrorKind::{Interrupted, WouldBlock};
    match outcome {
        Ok(0) => Err(Gone),
        Ok(count) => Ok(Some(count)),
        Err(error) if matches!(error.kind(), WouldBlock | Interrupted) => Ok(None),
        Err(_) => Err(Gone),
    }
}

#[cfg(test)]
mod tests {
    use core::cell::RefCell;

    use serialtalk::{Commands, Timeout};

    use super::*;

    const ONE: &[u8] = b"<\x04\x01x\x01z>";

    /// What a client has sent, and how much of a reply it takes.
    #[derive(Default)]
    struct Peer(RefCell<PeerState>);

    #[derive(Default)]
    struct PeerState {
        sent: Vec<u8>,
        room: usize,
        taken: Vec<u8>,
    }

    impl Stream for Peer {
        fn read_now(&self, buffer: &mut [u8]) -> io::Result<usize> {
            let sent = &mut self.0.borrow_mut().sent;
            let count = sent.len().min(buffer.len());
            if count == 0 {
                return Err(io::ErrorKind::WouldBlock.into());
            }
            buffer[..count].copy_from_slice(&sent[..count]);
            sent.drain(..count);
            Ok(count)
        }

        fn write_now(&self, bytes: &[u8]) -> io::Result<usize> {
            let state = &mut *self.0.borrow_mut();
            let count = bytes.len().min(state.room);
            if count == 0 {
                return Err(io::ErrorKind::WouldBlock.into());
            }
            state.room -= count;
            state.taken.extend_from_slice(&bytes[..count]);
            Ok(count)
        }
    }

    fn limits(idle: Timeout, write: Timeout) -> Limits {
        Limits { max_clients: 1, idle, write }
    }

    fn client(sent: &[u8], room: usize) -> Client<Peer> {
        let client = Client::new(Peer::default());
        client.stream.0.borrow_mut().sent = sent.to_vec();
        client.stream.0.borrow_mut().room = room;
        client
    }

    fn serve(client: &mut Client<Peer>, limits: &Limits) {
        let mut commands = Commands::new();
        commands.add("x", || ()).unwrap();
        match client.advance(limits) {
            Ok(Wish::Serve(command)) => client.serve(command, &mut commands),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_client_takes_no_more_than_two_frames_and_a_little() {
        let size = size_of::<Client<std::net::TcpStream>>();
        assert!(size <= 2 * MAX_FRAME + 300, "{size}");
    }

    #[test]
    fn the_next_command_waits_until_the_reply_is_sent() {
        let limits = limits(Timeout::Never, Timeout::Never);
        let mut client = client(&ONE.repeat(2), 3);
        serve(&mut client, &limits);
        assert!(client.stuck.is_some());
        assert_eq!(client.advance(&limits), Ok(Wish::Nothing));
        assert_eq!(client.due(), None);
        client.stream.0.borrow_mut().room = 100;
        serve(&mut client, &limits);
        assert!(client.stuck.is_none());
        assert_eq!(client.advance(&limits), Ok(Wish::Nothing));
        let state = client.stream.0.borrow();
        let reply = &state.taken[..state.taken.len() / 2];
        assert_eq!(reply, b"<\x06\x04xack\0>");
        assert_eq!(state.taken, reply.repeat(2));
    }

    #[test]
    fn a_reply_may_wait_only_so_long() {
        let long = limits(Timeout::Never, Timeout::Ms(1_000_000));
        let mut client = client(ONE, 3);
        serve(&mut client, &long);
        assert_eq!(client.advance(&long), Ok(Wish::Nothing));
        assert!(client.due().is_some());
        assert_eq!(client.advance(&limits(Timeout::Never, Timeout::Ms(0))), Err(Gone));
        // What it takes meanwhile counts.
        client.stream.0.borrow_mut().room = 100;
        assert_eq!(client.advance(&limits(Timeout::Never, Timeout::Ms(0))), Ok(Wish::Nothing));
    }

    #[test]
    fn who_has_sent_a_command_is_not_silent_however_late_it_is_read() {
        let limits = limits(Timeout::Ms(0), Timeout::Never);
        let mut client = client(ONE, 100);
        serve(&mut client, &limits);
        assert_eq!(client.advance(&limits), Err(Gone));
    }

    #[test]
    fn half_a_frame_is_silence() {
        let long = limits(Timeout::Ms(1_000_000), Timeout::Never);
        let mut client = client(&ONE[..4], 100);
        let connected = client.heard();
        assert_eq!(client.advance(&long), Ok(Wish::Nothing));
        assert_eq!(client.heard(), connected);
        assert!(client.due().unwrap() < connected + Duration::from_secs(900), "when the frame is given up");
        assert_eq!(client.advance(&limits(Timeout::Ms(0), Timeout::Never)), Err(Gone));
    }
}
