//! A host whose board runs MicroPython: put `main.py`, beside this file, on the board, next to the `serialtalk` package.
//!
//! `cargo run --example micropython_board -- --port /dev/ttyACM0`

use clap::Parser;
use host_examples::PortArguments;

/// What the board's Python can do. The trait would be the same for a board in Rust.
#[serialtalk::interface]
trait Weather {
    /// Degrees Celsius.
    fn temperature(&mut self) -> f32;
    /// Hectopascal, and relative humidity in percent.
    fn air(&mut self) -> (f32, u8);
    /// The last readings, oldest first; at most `most`.
    fn history(&mut self, most: u8) -> Vec<f32>;
    /// Sets the name that the display shows.
    fn rename(&mut self, name: &str);
    /// What the display shows.
    fn name(&mut self) -> String;
}

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    port: PortArguments,
}

fn main() -> anyhow::Result<()> {
    let connection = Arguments::parse().port.connect()?;
    let mut station = WeatherClient::connect(connection.talk)?;
    station.rename("roof €")?;
    println!("{}: {} °C", station.name()?, station.temperature()?);
    let (pressure, humidity) = station.air()?;
    println!("{pressure} hPa, {humidity} %");
    println!("before that: {:?}", station.history(3)?);
    // A Python exception arrives as its text.
    if let Err(error) = station.history(0) {
        println!("{error}");
    }
    Ok(())
}
