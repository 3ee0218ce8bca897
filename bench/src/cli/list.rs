//! Reading a board's contract over a slow line.

use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serialtalk::Link;
use serialtalk::link::Received;
use serialtalk_hal::pty::PtyLink;
use serialtalk_hal::{LinkError, Spawn as _, over};

use super::place::{Place, run};
use crate::report::{Report, Section};
use crate::table::{Budget, Quantity};

/// The time of a byte at 115,200 baud: ten bits.
const BYTE: Duration = Duration::from_nanos(86_806);

/// How often it is measured.
const TIMES: usize = 5;

pub(super) fn rows(report: &mut Report, place: &Place) -> Result<()> {
    report.section(Section { name: "list", title: "from start to end of the process, the median of five" });
    report.measure("24 commands, 115,200 baud", Budget::AtMost(0.5), || {
        let link = PtyLink::open()?;
        let path = link.path().to_owned();
        let talk = over(Slow { link, free: Instant::now() }, &path);
        let _serving = talk.serve(SensorsServer::new(Simulated)).spawn();
        let mut times = [Duration::ZERO; TIMES];
        for time in &mut times {
            let (took, printed) = run(&mut place.command(&path, &["list"]))?;
            ensure!(
                printed.lines().count() == 24 && printed.lines().all(|line| line.contains("->")),
                "{printed}"
            );
            *time = took;
        }
        times.sort();
        Ok(Quantity::Seconds(times[TIMES / 2].as_secs_f64()))
    })
}

/// A board's end of a line on which each byte takes its time.
struct Slow {
    link: PtyLink,
    /// When the last byte is through.
    free: Instant,
}

impl Slow {
    /// Waits until so many bytes more are through.
    fn pass(&mut self, count: usize) {
        self.free = self.free.max(Instant::now()) + BYTE * count as u32;
        sleep(self.free.saturating_duration_since(Instant::now()));
    }
}

impl Link for Slow {
    type Error = LinkError;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, LinkError> {
        let received = self.link.receive(buffer, wait_ms)?;
        if let Received::Bytes(count) = received {
            self.pass(count);
        }
        Ok(received)
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        self.pass(bytes.len());
        self.link.send(bytes)
    }

    fn flush(&mut self) -> Result<(), LinkError> {
        self.link.flush()
    }
}

/// A board that answers at once.
struct Simulated;

/// A board with these commands, each with a description as long as those of the demo board are on average.
macro_rules! sensors {
    ($($name:ident)*) => {
        #[serialtalk::interface(describe)]
        trait Sensors {
            $(
                /// Last value of a channel, in SI units.
                fn $name(&mut self, channel: u8) -> f32;
            )*
        }

        impl Sensors for Simulated {
            $(
                fn $name(&mut self, channel: u8) -> f32 {
                    channel.into()
                }
            )*
        }
    };
}

sensors! {
    acceleration_x acceleration_y acceleration_z rotation_x rotation_y rotation_z field_x field_y field_z
    temperature humidity pressure brightness distance_left distance_right current_left current_right
    speed_left speed_right position_left position_right battery charge loudness
}
