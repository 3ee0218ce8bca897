//! How much a plot costs.

use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serialtalk_hal::{Spawn as _, pty};

use super::place::Place;
use super::terminal::Terminal;
use crate::processor_time;
use crate::report::{Report, Section};
use crate::table::{Budget, Quantity};

pub(super) fn rows(report: &mut Report, place: &Place, quick: bool) -> Result<()> {
    report.section(Section {
        name: "plot",
        title: "watch --plot --hz 50 of 3 series, in 120 columns and 40 rows",
    });
    report.measure("part of a processor", Budget::AtMost(0.05), || {
        let board = pty::open()?;
        let path = board.name().to_owned();
        let started = Instant::now();
        let _serving = board.serve(RockingServer::new(Simulated { started })).spawn();
        let (before, start) = (processor_time::of_children()?, Instant::now());
        let command = place.command(&path, &["watch", "imu", "--plot", "--hz", "50"]);
        let mut terminal = Terminal::new(&command, 120, 40);
        terminal.until_shown("imu.z");
        sleep(Duration::from_secs(if quick { 5 } else { 30 }));
        terminal.press("q");
        ensure!(terminal.end() == 0, "it has failed");
        let took = start.elapsed();
        let of_processor = processor_time::of_children()?.saturating_sub(before);
        Ok(Quantity::Share(of_processor.as_secs_f64() / took.as_secs_f64()))
    })
}

/// A robot that rocks.
#[serialtalk::interface(describe)]
trait Rocking {
    fn imu(&mut self) -> Imu;
}

/// Acceleration in m/s².
#[derive(serialtalk::Value)]
struct Imu {
    x: f32,
    y: f32,
    z: f32,
}

struct Simulated {
    started: Instant,
}

impl Rocking for Simulated {
    fn imu(&mut self) -> Imu {
        let angle = self.started.elapsed().as_secs_f32() * 2.0;
        Imu { x: angle.sin(), y: angle.cos(), z: 9.81 }
    }
}
