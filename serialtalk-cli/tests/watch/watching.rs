//! A `serialtalk watch` that runs.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value as Json;

use crate::support::Place;

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A `serialtalk watch` whose standard output and error are pipes.
pub(crate) struct Watching {
    child: Child,
    values: Option<Receiver<String>>,
    told: Receiver<String>,
}

/// What a program has said at its end, and its exit code.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) values: Vec<String>,
    pub(crate) told: Vec<String>,
    pub(crate) code: Option<i32>,
}

impl Watching {
    /// Starts `serialtalk -b BOARD watch` with more arguments.
    pub(crate) fn new(place: &Place, board: &str, arguments: &[&str]) -> Self {
        let mut command = place.command(&[&["-b", board, "watch"], arguments].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let values = Some(lines(child.stdout.take().unwrap()));
        let told = lines(child.stderr.take().unwrap());
        Self { child, values, told }
    }

    /// The next line of standard output.
    #[track_caller]
    pub(crate) fn value(&self) -> String {
        self.values.as_ref().unwrap().recv_timeout(PATIENCE).expect("a value")
    }

    /// The next line of standard output, which is JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Json {
        serde_json::from_str(&self.value()).unwrap()
    }

    /// The next line of standard error that has a text.
    #[track_caller]
    pub(crate) fn told(&self, text: &str) -> String {
        let mut others = Vec::new();
        loop {
            match self.told.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(text) => return line,
                Ok(line) => others.push(line),
                Err(error) => panic!("{error}: nothing about `{text}` in {others:?}"),
            }
        }
    }

    /// Reads standard output no more.
    pub(crate) fn close(&mut self) {
        self.values = None;
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// What it has said since, when it has ended.
    pub(crate) fn ended(mut self) -> Ended {
        let values = self.values.take().map_or(Vec::new(), |values| values.iter().collect());
        let told = self.told.iter().collect();
        Ended { values, told, code: self.child.wait().unwrap().code() }
    }

    /// Ends it as Ctrl-C does.
    #[track_caller]
    pub(crate) fn interrupted(self) -> Ended {
        self.signal(Signal::INT);
        let ended = self.ended();
        assert_eq!(ended.code, Some(0), "{ended:?}");
        ended
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The lines of a pipe; it is closed when the receiver is dropped and another line comes.
fn lines(pipe: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines() {
            if sender.send(line.unwrap()).is_err() {
                return;
            }
        }
    });
    receiver
}

/// A figure of a summary: that before `word`.
#[track_caller]
pub(crate) fn figure(told: &[String], word: &str) -> u64 {
    let summary = told.iter().find(|line| line.contains(" slots, ")).expect("a summary");
    let words: Vec<_> = summary.split([' ', ',', ';']).filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|other| *other == word).expect(word);
    words[at - 1].parse().unwrap()
}
