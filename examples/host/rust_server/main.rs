//! A Rust program that serves a MicroPython board: put `main.py`, beside this file, on the board.
//!
//! `cargo run --example rust_server -- --port /dev/ttyACM0`

use clap::Parser;
use host_examples::PortArguments;

/// What a board may ask of this program. Its calls may use any format.
#[serialtalk::interface]
trait Navigator {
    /// The distance between two points.
    fn distance(&mut self, x1: f32, y1: f32, x2: f32, y2: f32) -> f32;
    /// The corners of the way, from the start to the goal.
    fn way(&mut self, start: (i16, i16), goal: (i16, i16)) -> Vec<(i16, i16)>;
    /// The names of the places that start with `letters`.
    fn places(&mut self, letters: &str) -> Vec<String>;
    /// Says that the board has arrived; there is nothing more to do then.
    fn arrived(&mut self) -> Result<(), TooFar>;
}

/// The board is not where it should be.
#[derive(serialtalk::Value, Debug, Clone, PartialEq)]
struct TooFar {
    metres: f32,
}

#[derive(Default)]
struct Map {
    asked: u32,
    is_done: bool,
}

impl Navigator for Map {
    fn distance(&mut self, x1: f32, y1: f32, x2: f32, y2: f32) -> f32 {
        self.asked += 1;
        (x1 - x2).hypot(y1 - y2)
    }

    fn way(&mut self, start: (i16, i16), goal: (i16, i16)) -> Vec<(i16, i16)> {
        self.asked += 1;
        vec![start, (goal.0, start.1), goal]
    }

    fn places(&mut self, letters: &str) -> Vec<String> {
        self.asked += 1;
        let places = ["dock", "door", "garden"].iter();
        places.filter(|place| place.starts_with(letters)).map(|place| (*place).to_owned()).collect()
    }

    fn arrived(&mut self) -> Result<(), TooFar> {
        if self.asked < 3 {
            return Err(TooFar { metres: 2.5 });
        }
        self.is_done = true;
        Ok(())
    }
}

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    port: PortArguments,
}

fn main() -> anyhow::Result<()> {
    let connection = Arguments::parse().port.connect()?;
    println!("serving the {}", connection.board);
    let mut talk = connection.talk.serve(NavigatorServer::new(Map::default()));
    loop {
        talk.process_within(1000)?;
        let map: &mut Map = talk.state();
        if map.is_done {
            println!("the board asked {} times and has arrived", map.asked);
            return Ok(());
        }
    }
}
