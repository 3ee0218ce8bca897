//! A program that shows frames, and what it shows.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::support::Started;

/// How long something may take that is awaited.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Sniffing {
    started: Started,
    lines: Receiver<String>,
}

impl Sniffing {
    /// Starts the program, and waits until it is ready.
    pub(crate) fn new(command: Command, ready: &str) -> Self {
        let mut started = Started::new(command, ready);
        let output = BufReader::new(started.child.stdout.take().unwrap());
        let (sender, lines) = channel();
        thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { started, lines }
    }

    /// The path of the new port, which it has told.
    pub(crate) fn path(&self) -> String {
        path_in(&self.started.said)
    }

    /// Waits for a line with this text, and returns it with those before it.
    #[track_caller]
    pub(crate) fn until(&self, text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        while lines.last().is_none_or(|line: &String| !line.contains(text)) {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => lines.push(line),
                Err(_) => panic!("`{text}` is not shown: {lines:#?}"),
            }
        }
        lines
    }

    /// Sends a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        send(&self.started.child, signal);
    }

    /// Waits for a text on standard error.
    #[track_caller]
    pub(crate) fn until_told(&mut self, text: &str) {
        let mut told = BufReader::new(self.started.child.stderr.as_mut().unwrap());
        let mut said = String::new();
        while !said.contains(text) {
            assert!(told.read_line(&mut said).unwrap() > 0, "it has ended: {said}");
        }
    }

    /// Ends it by Ctrl-C. Returns the rest of the lines, what it has told at its end, and its exit code.
    pub(crate) fn end(mut self) -> (Vec<String>, String, i32) {
        self.signal(Signal::INT);
        let mut told = String::new();
        self.started.child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        let code = self.started.child.wait().unwrap().code().unwrap_or(-1);
        (self.lines.iter().collect(), told, code)
    }
}

/// The last path of a pty in what a program has told.
pub(crate) fn path_in(said: &str) -> String {
    let (_, path) = said.rsplit_once("-b ").unwrap();
    path.split_whitespace().next().unwrap().to_owned()
}

/// Sends a signal to a program.
pub(crate) fn send(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).unwrap();
}

/// The lines without their times.
pub(crate) fn contents(lines: &[String]) -> Vec<&str> {
    lines.iter().map(|line| line.trim_start().split_once(' ').unwrap().1).collect()
}

/// The piped output of a command, which runs to its end.
pub(crate) fn output(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}
