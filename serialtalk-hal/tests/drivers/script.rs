//! What the peer and the line do, and what the driver is to do.

use std::time::Duration;

use embedded_io_async::Write;
use proptest::collection::vec;
use proptest::prelude::*;
use serialtalk::{AsyncCaller, Commands, Timeout, asynch};
use serialtalk_hal::fault::Faults;
use serialtalk_hal::simulation::{Board, Line, LineEnd, Simulation, VirtualClock};

/// One case.
#[derive(Debug)]
pub(crate) struct Script {
    baud: u32,
    latency_ms: u64,
    seed: u64,
    /// How often the peer calls; never if that is 0.
    peer_calls_every_ms: u64,
    disturbances: Vec<(u64, Disturbance)>,
    pub(crate) steps: Vec<Step>,
}

/// What the peer speaks.
#[derive(Clone, Copy)]
pub(crate) enum Speaks {
    Plain,
    Checked,
}

/// What happens at the other end, some milliseconds after the one before it.
#[derive(Debug, Clone)]
enum Disturbance {
    /// Bytes come that the peer did not send.
    Bytes(Vec<u8>),
    Reboot(u64),
    Hang(u64),
}

/// What the driver does next.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Call {
        name: &'static str,
        argument: u32,
        timeout_ms: u32,
        idempotent: bool,
    },
    OneWay(u32),
    Ready {
        within_ms: u32,
    },
    /// Serves commands.
    Serve {
        ms: u32,
    },
    /// Does not look at the link.
    Pause {
        ms: u32,
    },
    Flush,
    ForgetConnection,
    /// A new endpoint on the same link, as after a reboot.
    Restart,
}

impl Script {
    /// A line that delivers at whole milliseconds. A driver counts them, so how often it is woken within one would show.
    pub(crate) fn line(&self) -> Line {
        Line::baud(self.baud)
            .latency(Duration::from_millis(self.latency_ms))
            .delivery_every(Duration::from_millis(1))
            .delay_per_byte(self.seed, 1e-3, Duration::from_millis(700))
    }

    pub(crate) fn faults(&self) -> Faults {
        Faults::seed(self.seed).flip_per_bit(2e-4).drop_per_byte(5e-4).repeat_burst_per_byte(2e-4, 40)
    }

    pub(crate) fn start_peer(&self, speaks: Speaks, simulation: &Simulation, end: LineEnd) {
        let (clock, every_ms) = (simulation.clock(), self.peer_calls_every_ms);
        let board = simulation.board(end.clone(), move |end| peer(speaks, end, clock.clone(), every_ms));
        simulation.spawn(disturb(board, end, simulation.clock(), self.disturbances.clone()));
    }
}

/// Serves `double`, and calls `own` from time to time.
async fn peer(speaks: Speaks, end: LineEnd, clock: VirtualClock, every_ms: u64) {
    let mut commands = Commands::new();
    commands.add("double", |x: u32| x.wrapping_mul(2)).unwrap();
    commands.add("text", |_: u32| "no number".to_owned()).unwrap();
    let talk = asynch::SerialTalk::new(end, clock.clone()).serve(commands).checked();
    let mut talk = match speaks {
        Speaks::Plain => talk.plain(),
        Speaks::Checked => talk,
    };
    talk.set_timeout(Timeout::Ms(40));
    for number in 0u32.. {
        if every_ms == 0 {
            break;
        }
        if clock.within(Duration::from_millis(every_ms), talk.run()).await.is_some() {
            return;
        }
        _ = talk.call::<u32>("own", (number,)).await;
    }
    _ = talk.run().await;
}

async fn disturb(board: Board, mut end: LineEnd, clock: VirtualClock, disturbances: Vec<(u64, Disturbance)>) {
    for (pause_ms, disturbance) in disturbances {
        clock.sleep(Duration::from_millis(pause_ms)).await;
        match disturbance {
            Disturbance::Bytes(bytes) => _ = end.write_all(&bytes).await,
            Disturbance::Reboot(boot_ms) => board.reboot(Duration::from_millis(boot_ms)),
            Disturbance::Hang(ms) => board.hang(Duration::from_millis(ms)),
        }
    }
}

pub(crate) fn any() -> impl Strategy<Value = Script> {
    let peer_calls_every_ms = prop_oneof![Just(0), 1..100u64];
    let disturbances = vec((0..400u64, disturbance()), 0..20);
    // The slow line delivers each byte alone.
    let baud = prop_oneof![Just(10_000), Just(115_200)];
    let parts = (baud, 0..30u64, any_seed(), peer_calls_every_ms, disturbances, vec(step(), 1..25));
    parts.prop_map(|(baud, latency_ms, seed, peer_calls_every_ms, disturbances, steps)| Script {
        baud,
        latency_ms,
        seed,
        peer_calls_every_ms,
        disturbances,
        steps,
    })
}

fn any_seed() -> impl Strategy<Value = u64> {
    proptest::num::u64::ANY
}

fn disturbance() -> impl Strategy<Value = Disturbance> {
    prop_oneof![
        4 => bytes().prop_map(Disturbance::Bytes),
        1 => (0..600u64).prop_map(Disturbance::Reboot),
        1 => (0..900u64).prop_map(Disturbance::Hang),
    ]
}

/// Whole frames, halves of frames, and noise.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        3 => frame(),
        1 => (frame(), 1..12usize).prop_map(|(frame, count)| frame.into_iter().take(count).collect()),
        1 => vec(proptest::num::u8::ANY, 0..30),
        1 => Just(b"<".to_vec()),
    ];
    vec(part, 1..4).prop_map(|parts| parts.concat())
}

fn frame() -> impl Strategy<Value = Vec<u8>> {
    const NAMES: &[&str] = &[
        "own",
        "own",
        "double",
        "doubleack",
        "doubleerr",
        "echo",
        "echoack",
        "nobody",
        "enable repl",
        "checked?",
        "checked?ack",
        "checked?err",
    ];
    let payload = prop_oneof![
        vec(proptest::num::u8::ANY, 0..12),
        Just(b"\x01I\x07\x00\x00\x00".to_vec()),
        Just(b"\x04repr(7,)".to_vec()),
        Just(b"\x01z".to_vec()),
    ];
    (proptest::sample::select(NAMES), payload).prop_map(|(name, payload)| {
        let length = (1 + name.len() + payload.len()) as u8;
        [&[b'<', length, name.len() as u8], name.as_bytes(), &payload, b">"].concat()
    })
}

fn step() -> impl Strategy<Value = Step> {
    let name = proptest::sample::select(&["double", "double", "double", "text", "nobody"][..]);
    let call = (name, proptest::num::u32::ANY, 0..2000u32, proptest::bool::ANY);
    let call = call.prop_map(|(name, argument, timeout_ms, idempotent)| Step::Call {
        name,
        argument,
        timeout_ms,
        idempotent,
    });
    prop_oneof![
        8 => call,
        2 => proptest::num::u32::ANY.prop_map(Step::OneWay),
        1 => (0..1000u32).prop_map(|within_ms| Step::Ready { within_ms }),
        3 => (0..800u32).prop_map(|ms| Step::Serve { ms }),
        1 => (0..800u32).prop_map(|ms| Step::Pause { ms }),
        1 => Just(Step::Flush),
        1 => Just(Step::ForgetConnection),
        1 => Just(Step::Restart),
    ]
}
