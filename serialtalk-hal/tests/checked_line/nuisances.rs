//! Peers that say what nobody has asked for, for ever: each call ends at its deadline with an error, nothing is served, and the
//! board that takes the place of such a peer is called.

use core::time::Duration;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use embedded_io_async::{Read, Write};
use serialtalk::{AsyncCaller, CallError, Caller, Commands, Ran, SerialTalk, Timeout, asynch};
use serialtalk_hal::LinkError;
use serialtalk_hal::fault::Faults;
use serialtalk_hal::simulation::{Board, Line, LineEnd, Simulation};

use crate::record;

/// What a peer sends over and over, and what the line makes of it.
#[derive(Debug, Clone)]
struct Nuisance {
    bytes: Vec<u8>,
    faults: Faults,
    /// Whether it reads what the host sends.
    reads: bool,
}

impl Nuisance {
    fn of(bytes: &[u8]) -> Self {
        Self { bytes: bytes.to_vec(), faults: Faults::seed(7), reads: true }
    }

    async fn run(self, end: LineEnd) {
        tokio::join!(self.send(end.clone()), self.read(end));
    }

    async fn send(&self, end: LineEnd) {
        let mut end = self.faults.on(end);
        while !self.bytes.is_empty() {
            // Fails while the host waits to be read.
            _ = end.write_all(&self.bytes).await;
        }
    }

    async fn read(&self, mut end: LineEnd) {
        let mut buffer = [0; 256];
        if self.reads {
            while end.read(&mut buffer).await.is_ok() {}
        }
    }
}

/// How long calls may take, one after the other, in milliseconds.
const TIMEOUTS: [u32; 5] = [1, 100, 160, 700, 1500];

/// How exact a deadline is: drivers count milliseconds.
const SLACK: Duration = Duration::from_millis(2);

/// How long a write waits for a peer that does not read.
const WRITE_TIMEOUT: Duration = Duration::from_secs(1);

/// What an end serves: `double`, which counts how often it is called.
fn counting(count: &Arc<AtomicU32>) -> Commands {
    let count = Arc::clone(count);
    let mut commands = Commands::new();
    let double = move |x: u32| {
        count.fetch_add(1, Ordering::Relaxed);
        x.wrapping_mul(2)
    };
    commands.add("double", double).unwrap();
    commands
}

/// A host whose peer disturbs until it is rebooted, and is a good board from then on.
struct Scene {
    simulation: Simulation,
    peer: Board,
    /// Whether the line carries what the host sends.
    is_read: bool,
    host: LineEnd,
    /// How often the good board has served.
    ran: Arc<AtomicU32>,
    /// How often the host has.
    served: Arc<AtomicU32>,
}

impl Scene {
    fn new(nuisance: &Nuisance) -> Self {
        let simulation = Simulation::new();
        let ran = Arc::default();
        let (end, host) = simulation.line(Line::baud(115_200));
        let (clock, ran_there) = (simulation.clock(), Arc::clone(&ran));
        let is_read = nuisance.reads;
        let mut nuisance = Some(nuisance.clone());
        let peer = simulation.board(end, move |end| {
            let (nuisance, clock, commands) = (nuisance.take(), clock.clone(), counting(&ran_there));
            async move {
                match nuisance {
                    Some(nuisance) => nuisance.run(end).await,
                    None => _ = asynch::SerialTalk::new(end, clock).serve(commands).checked().run().await,
                }
            }
        });
        Self { simulation, peer, is_read, host, ran, served: Arc::default() }
    }

    /// Makes calls of `double(21)`, each of which may take so many milliseconds as `call` is told.
    ///
    /// A host that `may_speak_plainly` may find plain frames in the noise.
    fn check(&self, may_speak_plainly: bool, mut call: impl FnMut(u32) -> Result<u32, CallError<LinkError>>) {
        for ms in TIMEOUTS {
            let begun = self.simulation.clock().elapsed();
            let error = call(ms).expect_err("there is nobody to reply");
            let took = self.simulation.clock().elapsed() - begun;
            let due = Duration::from_millis(ms.into());
            match &error {
                CallError::Timeout { ran, .. } => {
                    assert!(*ran == Ran::No || may_speak_plainly, "{error:?}");
                    assert!(took.abs_diff(due) <= SLACK || !self.is_read, "{took:?} instead of {ms} ms");
                }
                CallError::Link { error: LinkError::WriteTimeout { .. }, .. } => assert!(!self.is_read),
                error => panic!("{error:?}"),
            }
            assert!(took <= due + WRITE_TIMEOUT + SLACK, "{took:?} instead of {ms} ms");
        }
        assert_eq!(self.served.load(Ordering::Relaxed), 0, "what nobody has called ran");
        self.peer.reboot(Duration::ZERO);
        assert_eq!(call(5000).unwrap(), 42);
        assert_eq!(self.ran.load(Ordering::Relaxed), 1);
    }

    fn check_blocking(&self, requires: bool) {
        let link = self.simulation.blocking(self.host.clone());
        let talk = SerialTalk::new(link, self.simulation.clock()).serve(counting(&self.served));
        let mut talk = talk.checked().entropy(7);
        if requires {
            talk = talk.require_checked();
        }
        self.check(!requires, |ms| talk.within(Timeout::Ms(ms)).call("double", (21u32,)));
    }

    fn check_async(&self, requires: bool) {
        let talk = asynch::SerialTalk::new(self.host.clone(), self.simulation.clock());
        let mut talk = talk.serve(counting(&self.served)).checked().entropy(7);
        if requires {
            talk = talk.require_checked();
        }
        self.check(!requires, |ms| {
            let mut talk = talk.within(Timeout::Ms(ms));
            self.simulation.block_on(talk.call("double", (21u32,)))
        });
    }
}

/// A board whose peer disturbs for a while, and is a good host from then on.
fn check_board(nuisance: &Nuisance) {
    let simulation = Simulation::new();
    let clock = simulation.clock();
    let (end, peer) = simulation.line(Line::baud(115_200));
    let ran = Arc::default();
    let mut board = asynch::SerialTalk::new(end, clock.clone()).serve(counting(&ran)).checked();
    // A write fails while a peer reads nothing.
    simulation.spawn(async move { while board.run().await.is_err() {} });
    // A board that counts would open the very session that was recorded if it was asked at the same time after its start.
    simulation.run_for(Duration::from_millis(500));
    simulation.block_on(clock.within(Duration::from_secs(3), nuisance.clone().run(peer.clone())));
    assert_eq!(ran.load(Ordering::Relaxed), 0, "what nobody has called ran");
    if !nuisance.reads {
        // Neither end could write.
        simulation.block_on(clock.within(WRITE_TIMEOUT, Nuisance::of(&[]).run(peer.clone())));
    }
    let host = SerialTalk::new(simulation.blocking(peer), clock).checked();
    let mut host = host.require_checked().entropy(7);
    assert_eq!(host.within(Timeout::Ms(5000)).call("double", (21u32,)), Ok(42u32));
    assert_eq!(ran.load(Ordering::Relaxed), 1);
}

/// Checks a host of each driver that requires the checked link, and one that offers it; and a board.
fn nothing_comes_of(nuisance: &Nuisance) {
    check_board(nuisance);
    for requires in [true, false] {
        Scene::new(nuisance).check_blocking(requires);
        Scene::new(nuisance).check_async(requires);
    }
}

#[test]
fn nothing_comes_of_silence() {
    nothing_comes_of(&Nuisance::of(&[]));
}

#[test]
fn nothing_comes_of_noise() {
    let noise = Faults::seed(7).noise_burst_per_byte(1.0, 64);
    nothing_comes_of(&Nuisance { faults: noise, ..Nuisance::of(&[0; 64]) });
}

#[test]
fn nothing_comes_of_half_a_hello() {
    let hello = record::hello(99);
    for count in [1, 3, 12, 14, 28] {
        nothing_comes_of(&Nuisance::of(&hello[..count]));
    }
}

#[test]
fn nothing_comes_of_half_an_answer() {
    let [_, answer_and_more] = record::session();
    nothing_comes_of(&Nuisance::of(&answer_and_more[..14]));
}

#[test]
fn nothing_comes_of_a_flood_of_one_hello() {
    nothing_comes_of(&Nuisance::of(&record::hello(99)));
}

#[test]
fn nothing_comes_of_a_flood_of_hellos() {
    let hellos: Vec<_> = (100..200).map(record::hello).collect();
    nothing_comes_of(&Nuisance::of(&hellos.concat()));
    nothing_comes_of(&Nuisance { reads: false, ..Nuisance::of(&hellos.concat()) });
}

#[test]
fn nothing_comes_of_a_flood_of_what_the_ends_of_a_past_session_have_sent() {
    for bytes in record::session() {
        nothing_comes_of(&Nuisance::of(&bytes));
    }
}

#[test]
fn nothing_comes_of_a_flood_of_damaged_frames() {
    for bytes in record::session() {
        let faults = Faults::seed(7).flip_per_bit(5e-3).drop_per_byte(5e-3);
        nothing_comes_of(&Nuisance { faults, ..Nuisance::of(&bytes) });
    }
}
