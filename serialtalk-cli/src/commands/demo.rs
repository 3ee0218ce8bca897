//! `serialtalk demo`

mod board;

use std::process::ExitCode;

use serialtalk::LinkError;
use serialtalk_hal::{pty, tcp};

use crate::failure::{Failure, Result};
use crate::output::tell;
use crate::runtime::{DEMO, Note};

use board::{BoardServer, Demo};

// The arguments of `demo`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Any command finds it as -b demo, and without -b if nothing is on USB.")]
pub(crate) struct Args {
    /// Serves at this address instead of a virtual serial port: 127.0.0.1:8266
    #[arg(long, value_name = "ADDRESS")]
    tcp: Option<String>,
}

pub(crate) fn run(args: &Args) -> Result {
    match &args.tcp {
        None => on_pty(),
        Some(address) => on_tcp(address),
    }
}

fn on_pty() -> Result {
    let talk = pty::open()?;
    let mut talk = talk.serve(BoardServer::new(Demo::new()));
    let path = talk.link().path().to_owned();
    let _note = announce(&path)?;
    loop {
        if let Err(LinkError::Failed(error)) = talk.process_within(1000) {
            return Err(error.into());
        }
    }
}

fn on_tcp(address: &str) -> Result {
    let service = tcp::Server::new(BoardServer::new(Demo::new())).listen(address);
    let mut service =
        service.map_err(|error| Failure::usage(error.to_string()).hint("--tcp 127.0.0.1:8266"))?;
    let _note = announce(&format!("tcp://{}", service.local_addr()))?;
    service.run()?;
    Ok(ExitCode::SUCCESS)
}

/// Notes where the board is, for `-b demo`, and says what to try.
fn announce(target: &str) -> Result<Note> {
    let note = Note::leave(DEMO, target).map_err(|error| match error.kind() {
        std::io::ErrorKind::WouldBlock => {
            Failure::usage("another demo board runs").hint("serialtalk -b demo list")
        }
        _ => Failure::usage(format!("the demo board cannot be announced: {error}")),
    })?;
    tell(format_args!(
        "a simulated board serves at {target} until Ctrl-C; in another terminal:\n  \
         serialtalk -b demo list\n  \
         serialtalk -b demo call mult 5.9 94"
    ));
    Ok(note)
}
