//! The bytes of real sessions.

use serialtalk::link::{Link, Received};
use serialtalk::{Caller, Commands, SerialTalk, Timeout, asynch};
use serialtalk_hal::simulation::{Line, Simulation};

/// A link that records what crosses it.
struct Tap<L> {
    link: L,
    sent: Vec<u8>,
    received: Vec<u8>,
}

impl<L> Tap<L> {
    fn on(link: L) -> Self {
        Self { link, sent: vec![], received: vec![] }
    }
}

impl<L: Link> Link for Tap<L> {
    type Error = L::Error;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, L::Error> {
        let received = self.link.receive(buffer, wait_ms)?;
        if let Received::Bytes(count) = received {
            self.received.extend_from_slice(&buffer[..count]);
        }
        Ok(received)
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, L::Error> {
        let count = self.link.send(bytes)?;
        self.sent.extend_from_slice(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> Result<(), L::Error> {
        self.link.flush()
    }
}

/// `double`, as both ends have it.
fn doubling() -> Commands {
    let mut commands = Commands::new();
    commands.add("double", |x: u32| x.wrapping_mul(2)).unwrap();
    commands
}

/// A session in which both ends call: what the host has sent, and what the board has.
pub(crate) fn session() -> [Vec<u8>; 2] {
    let simulation = Simulation::new();
    let (board, host) = simulation.line(Line::baud(115_200));
    let mut board = asynch::SerialTalk::new(board, simulation.clock()).serve(doubling()).checked();
    simulation.spawn(async move {
        use serialtalk::AsyncCaller as _;
        loop {
            board.process().await.unwrap();
            assert_eq!(board.call::<u32>("double", (4u32,)).await.unwrap(), 8);
        }
    });
    let host = Tap::on(simulation.blocking(host));
    let mut host = SerialTalk::new(host, simulation.clock()).serve(doubling()).checked().entropy(1);
    for number in 0..5u32 {
        assert_eq!(host.call::<u32>("double", (number,)).unwrap(), 2 * number);
        host.process_within(100).unwrap();
    }
    assert!(host.is_checked());
    let Tap { sent, received, .. } = host.into_link();
    [sent, received]
}

/// The first hello of a host with this random number.
pub(crate) fn hello(entropy: u32) -> Vec<u8> {
    let simulation = Simulation::new();
    let (_nobody, host) = simulation.line(Line::baud(115_200));
    let host = Tap::on(simulation.blocking(host));
    let mut host = SerialTalk::new(host, simulation.clock()).checked().entropy(entropy);
    host.within(Timeout::Ms(100)).call::<u32>("double", (1u32,)).unwrap_err();
    host.into_link().sent
}
