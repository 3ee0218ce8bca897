//! A robot without hardware, on a virtual serial port that any program can open.
//!
//! Start it, then in another terminal `cargo run --example host -- --port PATH` with the path that it prints, or open that
//! path with Python.

#[cfg(unix)]
fn main() -> anyhow::Result<()> {
    let talk = serialtalk_hal::pty::open()?;
    println!("simulated robot on {}", talk.link().path());
    host_examples::simulate(talk)?;
    Ok(())
}

#[cfg(not(unix))]
fn main() {
    println!("virtual serial ports need a Unix; `cargo run --example tcp` does the same over TCP");
}
