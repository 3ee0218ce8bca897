//! `serialtalk share`

use std::net::TcpListener;
use std::thread;

use crate::connection::{Connection, Kept};
use crate::context::Context;
use crate::failure::{Failure, Result};
use crate::output::tell;
use crate::sharing::forward::{Client, Rights};

// The arguments of `share`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Takes calls over TCP, too: at a port of this machine, 8266, or at an address, 0.0.0.0:8266
    #[arg(long, value_name = "PORT or ADDRESS")]
    tcp: Option<String>,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    let board = context.board("share")?;
    let (connection, _keeping) = Connection::keep(&board, |news| tell(news))?;
    if let Some(address) = &args.tcp {
        listen(address, &connection.caller)?;
    }
    tell(format_args!(
        "{} is shared until Ctrl-C: other programs of yours use it as if it were theirs",
        board.name
    ));
    loop {
        thread::park();
    }
}

/// Takes calls over TCP in a thread.
fn listen(address: &str, board: &Kept) -> Result<()> {
    let of_this_machine = address.parse::<u16>().map(|port| format!("127.0.0.1:{port}"));
    let listener = TcpListener::bind(of_this_machine.as_deref().unwrap_or(address)).map_err(|error| {
        Failure::usage(format!(
            "{address}: {error}; expected a port such as 8266, or an address such as 0.0.0.0:8266"
        ))
    })?;
    let bound = listener.local_addr()?;
    tell(format_args!("calls are taken at tcp://{bound}"));
    if !bound.ip().is_loopback() {
        tell("anybody who reaches this address can call the board: there is no password");
    }
    let board = board.clone();
    thread::spawn(move || {
        for client in listener.incoming() {
            let Ok(client) = client else { continue };
            let mut serving = Client::new(board.clone(), Rights::Calls);
            // A client that is lost is no failure of this program.
            thread::spawn(move || serving.serve(client));
        }
    });
    Ok(())
}
