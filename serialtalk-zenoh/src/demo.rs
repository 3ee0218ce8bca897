//! Simulated boards, to try things out without any.

use std::thread;
use std::time::{Duration, Instant};

use serialtalk::heapless::String;
use serialtalk_hal::memory::{MemoryLink, pair};
use serialtalk_hal::over;

use crate::Port;

/// What a simulated board can do.
#[serialtalk::interface(describe)]
pub trait Arm {
    /// Product of two numbers.
    fn mult(&mut self, a: f32, b: f32) -> f32;

    /// Lights the lamp: its hue in degrees.
    fn led(&mut self, hue: u16) -> Result<u16, NoSuchHue>;

    /// Acceleration in m/s².
    #[command(idempotent)]
    fn imu(&mut self) -> (f32, f32, f32);

    /// Turns the joint to an angle in degrees, which takes a second; returns the angle.
    #[command(timeout_ms = 5000)]
    fn turn(&mut self, degrees: f32) -> f32;

    /// Shows a text.
    #[command(oneway)]
    fn show(&mut self, text: String<64>);
}

/// What a simulated board tells by itself.
#[serialtalk::interface]
pub trait Listener {
    /// How long the board has run, in milliseconds, and the angle of its joint in degrees: ten times a second.
    #[command(oneway)]
    fn telemetry(&mut self, uptime_ms: u32, degrees: f32);
}

/// There is no such hue.
#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuchHue {
    /// The largest hue there is.
    pub max: u16,
}

/// The pause between two telemetry messages.
const TELEMETRY: Duration = Duration::from_millis(100);

/// How long a turn takes.
const TURN: Duration = Duration::from_secs(1);

/// A simulated board: an [`Arm`] that tells its [`Listener`]'s telemetry. It is a thread, which ends with its gateway.
pub fn board(name: &str) -> Port {
    let (ours, theirs) = pair();
    let board = name.to_owned();
    thread::spawn(move || run(&board, theirs));
    Port::simulated(name, ours)
}

struct Simulated {
    name: std::string::String,
    degrees: f32,
}

impl Arm for Simulated {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }

    fn led(&mut self, hue: u16) -> Result<u16, NoSuchHue> {
        if hue < 360 { Ok(hue) } else { Err(NoSuchHue { max: 359 }) }
    }

    fn imu(&mut self) -> (f32, f32, f32) {
        (0.0, 0.1, 9.8)
    }

    fn turn(&mut self, degrees: f32) -> f32 {
        thread::sleep(TURN);
        self.degrees = degrees;
        degrees
    }

    fn show(&mut self, text: String<64>) {
        log::info!("{} shows {text:?}", self.name);
    }
}

/// Runs a board until the other end of its line is closed.
fn run(name: &str, link: MemoryLink) {
    let arm = Simulated { name: name.into(), degrees: 0.0 };
    let mut talk = over(link, name).serve(ArmServer::new(arm));
    let started = Instant::now();
    let mut next = started;
    loop {
        let wait = next.saturating_duration_since(Instant::now());
        if talk.process_within(wait.as_millis() as u32).is_err() {
            return;
        }
        if Instant::now() >= next {
            next += TELEMETRY;
            let degrees = talk.state::<Simulated, _>().degrees;
            let uptime_ms = started.elapsed().as_millis() as u32;
            if ListenerClient::new(&mut talk).telemetry(uptime_ms, degrees).is_err() {
                return;
            }
        }
    }
}
