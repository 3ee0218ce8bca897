//! `serialtalk share`

use std::io;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::connection::{Connection, Kept};
use crate::context::Context;
use crate::failure::{Failure, Result};
use crate::link::needs_line;
use crate::output::tell;
use crate::sharing::forward::{self, Client, Rights};

/// How many clients there may be at a time over TCP.
const CLIENTS: usize = 32;

/// How long one that is too many may take to ask anything. The next one waits for it.
const REFUSAL: Duration = Duration::from_millis(300);

// The arguments of `share`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  serialtalk -b arm share &                   a board for several programs of this user
  serialtalk -b arm call battery              uses it; so do list, watch and all others
  serialtalk -b arm share --tcp 8266          and for -b tcp://127.0.0.1:8266
Over TCP there is no password. `module`, `enable repl` and `disable repl` are refused there.")]
pub(crate) struct Args {
    /// Takes calls over TCP, too: at a port of this machine, 8266, or at an address, 0.0.0.0:8266
    #[arg(long, value_name = "PORT or ADDRESS")]
    tcp: Option<String>,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    let board = context.board("share")?;
    needs_line(&board)?;
    let (connection, _keeping) = Connection::keep(&board, |news| tell(news))?;
    if let Some(address) = &args.tcp {
        listen(address, &connection.caller.0)?;
    }
    tell(format_args!(
        "{} is shared until Ctrl-C: other programs of yours use it as if it were theirs",
        board.name
    ));
    loop {
        thread::park();
    }
}

/// Says to a client that there are too many.
fn refuse(client: TcpStream) -> io::Result<()> {
    client.set_read_timeout(Some(REFUSAL))?;
    client.set_write_timeout(Some(REFUSAL))?;
    forward::refuse(client, &format!("{CLIENTS} programs are connected already"))
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
        // Each client has a clone.
        let served = Arc::new(());
        for client in listener.incoming() {
            let Ok(client) = client else { continue };
            // A client that is lost is no failure of this program.
            if Arc::strong_count(&served) > CLIENTS {
                let _ = refuse(client);
                continue;
            }
            let (mut serving, one) = (Client::new(board.clone(), Rights::Calls), Arc::clone(&served));
            thread::spawn(move || {
                let _ = serving.serve(client);
                drop(one);
            });
        }
    });
    Ok(())
}
