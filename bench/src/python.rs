//! Calls compared with those of the Python library in CPython.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use peers::{Interpreter, Line, Peer, Venv};
use serialtalk_hal::{Spawn as _, pty, serial};

use crate::blocking::{call, serial_port, socket_pair};
use crate::board::{self, BoardClient, Exchange};
use crate::compare::{Comparison, Effort, Side, compare};
use crate::report::{Report, Section, Show};
use crate::table::Budget;

pub(crate) fn rows(report: &mut Report) -> Result<()> {
    report.section(Section {
        name: "python",
        title: "calls of mult(f32, f32) -> f32; peer: the Python library, client and server in CPython",
    });
    let names = [
        "pty, Rust with Rust",
        "socket pair, Rust with Rust",
        "pty, Rust client, Python server",
        "pty, Python client, Rust server",
    ];
    if !names.iter().any(|name| report.wants(name)) {
        return Ok(());
    }
    let Some(venv) = &Venv::find() else { return Ok(()) };
    let [pty, socket, client, server] = names;
    report.compare(pty, Show::Rate, Budget::AtLeast(14.0), |effort| {
        let (client, server) = serial_port()?;
        let server = board::serve(server).spawn();
        let mut client = BoardClient::new(client);
        let rust = against(effort, python_on_pty(venv), |count| call(&mut client, Exchange::Mult, count));
        server.stop().1?;
        rust
    })?;
    report.compare(socket, Show::Rate, Budget::AtLeast(80.0), |effort| {
        let (client, server) = socket_pair()?;
        let server = board::serve(server).spawn();
        let mut client = BoardClient::new(client);
        let rust = against(effort, python_on_socket(venv), |count| call(&mut client, Exchange::Mult, count));
        server.stop().1?;
        rust
    })?;
    report.compare(client, Show::Rate, Budget::None, |effort| {
        let server = venv.serve(Interpreter::CPython, Line::Pty);
        let path = server.path();
        let mut client = BoardClient::new(serial::open(path.to_str().context("no text")?, 115_200)?);
        against(effort, python_on_pty(venv), |count| call(&mut client, Exchange::Mult, count))
    })?;
    report.compare(server, Show::Rate, Budget::None, |effort| {
        let server = pty::open()?;
        let path = server.name().to_owned();
        let mut client = venv.client(Interpreter::CPython, Line::path(path));
        let server = board::serve(server).spawn();
        let rust = against(effort, python_on_pty(venv), |count| repeat(&mut client, count));
        drop(client);
        drop(server);
        rust
    })
}

/// A Python client, and the Python server that it calls, if that is another program.
struct Python {
    client: Peer,
    _server: Option<Peer>,
}

fn python_on_pty(venv: &Venv) -> Python {
    let server = venv.serve(Interpreter::CPython, Line::Pty);
    let client = venv.client(Interpreter::CPython, Line::path(server.path()));
    Python { client, _server: Some(server) }
}

fn python_on_socket(venv: &Venv) -> Python {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("python").join("pair.py");
    Python { client: venv.script(Interpreter::CPython, script, &[]), _server: None }
}

/// Compares `ours` with calls in Python, which sleep for a millisecond each and so need longer rounds.
fn against(
    effort: Effort<'_>,
    mut python: Python,
    mut ours: impl FnMut(u32) -> Result<Duration>,
) -> Result<Comparison> {
    let [length, _] = effort.lengths;
    let effort = Effort { rounds: effort.rounds / 4, lengths: [length, length * 20], ..effort };
    let comparison = compare(effort, |side, count| match side {
        Side::Ours => ours(count),
        Side::Peer => repeat(&mut python.client, count),
    })?;
    Ok(comparison.of_different_kinds())
}

/// Makes a Python client call `count` times.
fn repeat(client: &mut Peer, count: u32) -> Result<Duration> {
    let start = Instant::now();
    let answer = client.ask(&format!("repeat {count} 'mult', 'ff', 5.9, 94.0"));
    let took = start.elapsed();
    let good = answer.trim_start_matches('(').split(',').next().and_then(|good| good.parse().ok());
    ensure!(good == Some(count), "of {count} calls in Python failed some: {answer}");
    Ok(took)
}
