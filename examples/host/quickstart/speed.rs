//! How many calls a second, and how many the line itself would carry.

use core::time::Duration;
use std::time::Instant;

use robot::RobotClient;
use serialtalk::Caller;

/// Measures for this many seconds, and prints.
pub(crate) fn print<C>(robot: &mut RobotClient<C>, seconds: f64, with_raw: bool) -> anyhow::Result<()>
where
    C: Caller<Error: core::error::Error + Send + Sync + 'static>,
{
    #[cfg(unix)]
    if with_raw {
        // Alternating, so that other load on this machine affects both.
        let mut line = raw::RawLine::new()?;
        let (mut calls, mut raw) = (0.0, 0.0);
        for _ in 0..TURNS as u32 {
            calls += rate(seconds / TURNS, || robot.mult(5.9, 94.0).map(drop))? / TURNS;
            raw += rate(seconds / TURNS, || line.ping())? / TURNS;
        }
        println!("  {calls:.0} calls/s ({:.2} of the raw line)", calls / raw);
        return Ok(());
    }
    let _ = with_raw;
    println!("  {:.0} calls/s", rate(seconds, || robot.mult(5.9, 94.0).map(drop))?);
    Ok(())
}

const TURNS: f64 = 10.0;

fn rate<E>(seconds: f64, mut turn: impl FnMut() -> Result<(), E>) -> Result<f64, E> {
    let limit = Duration::from_secs_f64(seconds);
    let start = Instant::now();
    let mut turns = 0u32;
    while start.elapsed() < limit {
        turn()?;
        turns += 1;
    }
    Ok(f64::from(turns) / start.elapsed().as_secs_f64())
}

/// The bytes of the same calls, without a protocol.
#[cfg(unix)]
mod raw {
    use serialtalk::link::{Link, Received};
    use serialtalk_hal::LinkError;
    use serialtalk_hal::pty::PtyLink;
    use serialtalk_hal::serial::{SerialLink, SerialOptions};

    /// A request and a reply of `mult`.
    const REQUEST: [u8; 18] = *b"<\x0f\x04mult\x022f\0\0\xc0?\0\0\0>";
    const REPLY: [u8; 17] = *b"<\x0e\x07multack\x01f\0\0@@>";

    /// Two ends that exchange these bytes.
    pub(super) struct RawLine {
        host: SerialLink,
    }

    impl RawLine {
        pub(super) fn new() -> anyhow::Result<Self> {
            let mut board = PtyLink::open()?;
            let host = SerialLink::open(board.path(), SerialOptions::default())?;
            // Ends with the program.
            std::thread::spawn(move || {
                while receive(&mut board, REQUEST.len()).and_then(|()| send(&mut board, &REPLY)).is_ok() {}
            });
            Ok(Self { host })
        }

        pub(super) fn ping(&mut self) -> Result<(), LinkError> {
            send(&mut self.host, &REQUEST)?;
            receive(&mut self.host, REPLY.len())
        }
    }

    fn send(link: &mut impl Link<Error = LinkError>, mut bytes: &[u8]) -> Result<(), LinkError> {
        while !bytes.is_empty() {
            bytes = bytes.get(link.send(bytes)?..).unwrap_or_default();
        }
        link.flush()
    }

    fn receive(link: &mut impl Link<Error = LinkError>, mut count: usize) -> Result<(), LinkError> {
        let mut buffer = [0; 258];
        while count > 0 {
            match link.receive(&mut buffer, 1000)? {
                Received::Bytes(received) => count = count.saturating_sub(received),
                Received::Nothing => {}
                Received::Closed => return Err(LinkError::Unplugged { port: "the raw line".into() }),
            }
        }
        Ok(())
    }
}
