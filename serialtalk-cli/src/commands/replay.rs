//! `serialtalk replay`

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serialtalk::link::{Link, Received};
use serialtalk::proto::checked::Kind;
use serialtalk::proto::{FrameDecoder, MAX_FRAME, Suffix};
use serialtalk_hal::LinkError;
use serialtalk_hal::pty::PtyLink;

use crate::answers::{literal, reply};
use crate::failure::{Failure, Kind as FailureKind, Result};
use crate::output::tell;
use crate::stop::Stop;
use crate::traffic::pcapng::{self, BadRecording};
use crate::traffic::{About, Checked, Content, Piece, Side, Splitter};

/// How often it is looked whether the work is to end, in milliseconds.
const TICK_MS: u32 = 50;

/// The command that every board answers with what it was sent.
const ECHO: &[u8] = b"echo";

/// The command with which the checked link begins.
const HELLO: &[u8] = b"checked?";

// The arguments of `replay`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The port is a virtual one, whose path is told. A call that was recorded is answered as it was then;
one that was not is an error.")]
pub(crate) struct Args {
    /// What `serialtalk sniff --record` has recorded
    #[arg(value_name = "FILE.pcapng")]
    file: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result {
    let mut script = read(&args.file)?;
    let stop = Stop::on_signal()?;
    let mut pty = PtyLink::open()?;
    let path = pty.path().to_owned();
    if script.unnamed > 0 {
        tell(format_args!(
            "{} calls are left out: the recording has the numbers of their commands, and not the names, which \
             `serialtalk list` asks for while it is recorded",
            script.unnamed
        ));
    }
    tell(format_args!(
        "{} commands with {} replies are answered at {path} until Ctrl-C; in another terminal:\n  \
         serialtalk -b {path} call NAME",
        script.commands.len(),
        script.commands.values().map(|recorded| recorded.replies.len()).sum::<usize>(),
    ));
    let mut counts = Counts::default();
    let mut decoder = FrameDecoder::<MAX_FRAME>::new();
    while !stop.is_set() {
        match pty.receive(decoder.recv_buf(), TICK_MS)? {
            Received::Bytes(count) => decoder.commit(count),
            Received::Nothing => {}
            Received::Closed => break,
        }
        while let Some(handle) = decoder.next(false, |_| ()) {
            let Some(frame) = decoder.frame(handle) else { continue };
            let frame = script.answer(frame.name, frame.payload, &mut counts);
            send(&mut pty, &frame)?;
        }
    }
    tell(format_args!("{} commands answered, {} not found", counts.answered, counts.not_found));
    Ok(ExitCode::SUCCESS)
}

/// Sends a reply. If nobody reads it, it is lost.
fn send(pty: &mut PtyLink, frame: &[u8]) -> Result<()> {
    let mut rest = frame;
    while !rest.is_empty() {
        match pty.send(rest) {
            Ok(sent) => rest = rest.get(sent..).unwrap_or_default(),
            Err(LinkError::WriteTimeout { .. }) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

#[derive(Default)]
struct Counts {
    answered: u64,
    not_found: u64,
}

/// What a board has answered.
#[derive(Debug, Default)]
struct Script {
    /// By name and payload.
    commands: HashMap<(Vec<u8>, Vec<u8>), Recorded>,
    /// How many calls have no name in the recording.
    unnamed: usize,
}

/// The replies to a command, one after the other.
#[derive(Debug, Default)]
struct Recorded {
    replies: Vec<(Suffix, Vec<u8>)>,
    /// How often it was answered.
    answered: usize,
}

impl Script {
    /// The reply to a command as a frame; nothing if the command had no reply.
    fn answer(&mut self, name: &[u8], payload: &[u8], counts: &mut Counts) -> Vec<u8> {
        counts.answered += 1;
        if name == ECHO {
            return reply(name, Suffix::Ack, payload);
        }
        let recorded = self.commands.get_mut(&(name.to_vec(), payload.to_vec()));
        let Some(recorded) = recorded.filter(|_| name != HELLO) else {
            counts.answered -= 1;
            counts.not_found += 1;
            let text = format!("Command not found: {}", name.escape_ascii());
            return reply(name, Suffix::Err, &literal(&text));
        };
        let next = recorded.replies.get(recorded.answered).or(recorded.replies.last());
        recorded.answered += 1;
        next.map_or(Vec::new(), |(suffix, payload)| reply(name, *suffix, payload))
    }
}

/// Finds the replies to the commands of a recording.
#[derive(Debug, Default)]
struct Reading {
    script: Script,
    /// Plain commands whose replies may come.
    plain: Vec<(Vec<u8>, Vec<u8>)>,
    /// The checked calls whose replies may come, by their numbers.
    checked: HashMap<u8, (Vec<u8>, Vec<u8>)>,
}

impl Reading {
    fn take(&mut self, piece: Piece) {
        match (piece.side, piece.content) {
            (Side::Host, Content::Plain { name, payload }) => {
                self.script.commands.entry((name.clone(), payload.clone())).or_default();
                // Whoever sends a command again awaits no reply to the one before.
                self.plain.retain(|(other, _)| *other != name);
                self.plain.push((name, payload));
            }
            (Side::Board, Content::Plain { name, payload }) => {
                let awaited = self
                    .plain
                    .iter()
                    .enumerate()
                    .find_map(|(at, (command, _))| Some((at, Suffix::of_reply(&name, command)?)));
                if let Some((at, suffix)) = awaited {
                    let command = self.plain.remove(at);
                    self.add(command, suffix, payload);
                }
            }
            (Side::Host, Content::Checked(checked)) => self.take_call(checked),
            (Side::Board, Content::Checked(checked)) => {
                let suffix = match checked.kind {
                    Kind::Reply => Suffix::Ack,
                    Kind::Error => Suffix::Err,
                    _ => return,
                };
                // A reply that comes again is for a call that was answered.
                if let Some(command) = self.checked.remove(&checked.number) {
                    self.add(command, suffix, checked.payload);
                }
            }
            _ => {}
        }
    }

    fn take_call(&mut self, checked: Checked) {
        match (checked.kind, checked.about) {
            (Kind::Named | Kind::Call | Kind::Described, Some(About::Name(name))) => {
                self.script.commands.entry((name.clone(), checked.payload.clone())).or_default();
                self.checked.insert(checked.number, (name, checked.payload));
            }
            (Kind::Note, Some(About::Name(name))) => {
                self.script.commands.entry((name, checked.payload)).or_default();
            }
            (Kind::Call | Kind::Described, _) => {
                self.checked.remove(&checked.number);
                self.script.unnamed += 1;
            }
            _ => {}
        }
    }

    fn add(&mut self, command: (Vec<u8>, Vec<u8>), suffix: Suffix, payload: Vec<u8>) {
        self.script.commands.entry(command).or_default().replies.push((suffix, payload));
    }
}

fn read(path: &Path) -> Result<Script> {
    let file = fs::File::open(path).map_err(|error| Failure::file(path, &error))?;
    let (mut splitter, mut reading) = (Splitter::default(), Reading::default());
    let read = pcapng::read(file, |packet| {
        splitter.add(packet.side, packet.time, &packet.bytes, |piece| reading.take(piece));
        splitter.end(packet.side, |piece| reading.take(piece));
    });
    match read {
        Ok(()) | Err(BadRecording::CutShort) => Ok(reading.script),
        Err(error) => Err(Failure::new(FailureKind::Usage, format!("{}: {error}", path.display()))),
    }
}
