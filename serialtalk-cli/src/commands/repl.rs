//! `serialtalk repl`

use std::io::{self, IsTerminal, Read, Write};
use std::panic;
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use ratatui::crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use serialtalk::link::{Link, Received};
use serialtalk_hal::{Interrupter, Interruptible, LinkError};

use crate::context::Context;
use crate::failure::{Failure, Result};
use crate::link::BoardLink;
use crate::micropython::at_line;
use crate::output::tell;
use crate::stop::Stop;

/// Ctrl-].
const LEAVE: u8 = 0x1d;

/// How long bytes are waited for at most, before it is looked whether a signal has come.
const LONGEST_WAIT: Duration = Duration::from_millis(100);

// The arguments of `repl`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Ctrl-] leaves, Ctrl-C interrupts, Ctrl-D restarts.")]
pub(crate) struct Args {
    /// Leaves the program that runs on the board alone, and shows what it prints; Ctrl-C interrupts it
    #[arg(long)]
    attach: bool,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        let failure = Failure::usage("`repl` is for a terminal, and standard input or output is none");
        return Err(failure.hint("serialtalk exec - <FILE, or serialtalk run FILE"));
    }
    let board = context.board("repl")?;
    let stop = Stop::on_signal_or(restore)?;
    let leaves = "Ctrl-] leaves, Ctrl-C interrupts, Ctrl-D restarts";
    if args.attach {
        let (mut link, _claim) = BoardLink::open_alone(&board, &stop)?;
        tell(format_args!("{} is attached; {leaves}", board.name));
        talk(&mut link, &stop)?;
    } else {
        at_line(&board, &stop, |micropython| {
            tell(format_args!("the prompt of {}; {leaves}", board.name));
            let link = micropython.repl().link_mut();
            // The friendly prompt introduces itself.
            send(&mut link.link, b"\x02")?;
            talk(&mut link.link, &stop)
        })?;
    }
    match stop.is_set() {
        true => Err(Failure::interrupted()),
        false => Ok(ExitCode::SUCCESS),
    }
}

/// Connects the terminal with a board until Ctrl-], or until a signal.
fn talk(link: &mut BoardLink, stop: &Stop) -> Result<()> {
    let typed = typed(link.interrupter()?);
    let _raw = RawTerminal::enter()?;
    let mut buffer = [0; 4096];
    let mut output = io::stdout();
    while !stop.is_set() {
        match link.receive(&mut buffer, LONGEST_WAIT.as_millis() as u32)? {
            Received::Bytes(count) => {
                output.write_all(buffer.get(..count).unwrap_or_default())?;
                output.flush()?;
            }
            Received::Nothing => {}
            Received::Closed => return Err(unplugged(link)),
        }
        for bytes in typed.try_iter() {
            let end = bytes.iter().position(|byte| *byte == LEAVE);
            send(link, bytes.get(..end.unwrap_or(bytes.len())).unwrap_or_default())?;
            if end.is_some() || bytes.is_empty() {
                return Ok(());
            }
        }
    }
    Ok(())
}

fn unplugged(link: &BoardLink) -> Failure {
    LinkError::Unplugged { port: link.name().to_owned() }.into()
}

fn send(link: &mut BoardLink, mut bytes: &[u8]) -> Result<()> {
    while !bytes.is_empty() {
        let count = link.send(bytes)?;
        if count == 0 {
            return Err(unplugged(link));
        }
        bytes = bytes.get(count..).unwrap_or_default();
    }
    Ok(link.flush()?)
}

/// What is typed from now on; nothing at its end. Each piece ends the wait for bytes of the board.
fn typed(bell: Interrupter) -> Receiver<Vec<u8>> {
    let (tell, typed) = mpsc::channel();
    thread::spawn(move || {
        let mut buffer = [0; 1024];
        loop {
            let count = io::stdin().read(&mut buffer).unwrap_or(0);
            let bytes = buffer.get(..count).unwrap_or_default().to_vec();
            let is_over = tell.send(bytes).is_err() || count == 0;
            bell.interrupt();
            if is_over {
                return;
            }
        }
    });
    typed
}

/// The terminal in raw mode, until this is dropped, or the program panics.
struct RawTerminal;

impl RawTerminal {
    fn enter() -> io::Result<Self> {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            restore();
            before(panic);
        }));
        enable_raw_mode()?;
        Ok(Self)
    }
}

impl Drop for RawTerminal {
    fn drop(&mut self) {
        restore();
        // The next prompt is on a line of its own.
        let _ = writeln!(io::stdout());
    }
}

/// Gives the terminal back as it was.
fn restore() {
    // A terminal that is gone needs nothing.
    let _ = disable_raw_mode();
}
