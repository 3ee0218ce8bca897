//! Processes of their own: a gateway, a router.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, ensure};
use rustix::process::{Pid, Signal, kill_process};
use serialtalk_zenoh::Access;
use tokio::runtime::Runtime;
use zenoh::Wait;

use crate::calls::BARE;
use crate::robot::{Kind, REALM, gateway};

/// What a process of its own runs.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Role {
    /// A gateway that listens, with simulated boards, and a bare query beside
    Gateway { socket: String, kind: Kind, boards: usize },
    /// Gateways that are clients of a router, with as many simulated boards each
    Gateways { router: String, count: usize, boards: usize },
    /// A router
    Router { socket: String },
}

impl Role {
    /// Runs until standard input is closed.
    pub(crate) fn run(self) -> Result<()> {
        // It runs the boards.
        let runtime = Runtime::new()?;
        let _here = runtime.enter();
        match self {
            Self::Gateway { socket, kind, boards } => {
                let session = Access::listen([endpoint(&socket)]).open()?;
                let payload = b"\x01f\x00\x00\x40\x40";
                let _bare = session
                    .declare_queryable(BARE)
                    .callback(move |query| {
                        let reply = query.reply(query.key_expr().clone(), payload.as_slice());
                        reply.wait().unwrap_or_else(|error| eprintln!("bare: {error}"));
                    })
                    .wait()
                    .map_err(anyhow::Error::from_boxed)?;
                let _running = gateway("cell1", kind, boards).start(&session)?;
                serve()
            }
            Self::Gateways { router, count, boards } => {
                let mut running = Vec::new();
                for number in 0..count {
                    let session = Access::connect([endpoint(&router)]).open()?;
                    running.push(gateway(&format!("cell{number}"), Kind::Services, boards).start(&session)?);
                }
                serve()
            }
            Self::Router { socket } => {
                let _session = Access::listen([endpoint(&socket)]).open()?;
                serve()
            }
        }
    }
}

/// Says that all is there, and waits until nobody needs it.
fn serve() -> Result<()> {
    println!("ready");
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink())?;
    Ok(())
}

/// The path of a socket in a folder.
pub(crate) fn socket(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

/// The endpoint of a socket.
pub(crate) fn endpoint(socket: &str) -> String {
    format!("unixsock-stream/{socket}")
}

/// A session that is a client of what listens at a socket.
pub(crate) fn client(socket: &str) -> Result<zenoh::Session> {
    Ok(Access::connect([endpoint(socket)]).open()?)
}

/// The key of a board of the gateway that listens.
pub(crate) fn board(number: usize) -> String {
    format!("{REALM}/cell1/{}", crate::robot::name(number))
}

/// A process that runs a [`Role`], and is killed when it is dropped.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    _output: BufReader<ChildStdout>,
}

impl Process {
    /// Starts a process, and waits until it is ready.
    pub(crate) fn start(arguments: &[&str]) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let mut output = BufReader::new(child.stdout.take().context("no output")?);
        let mut line = String::new();
        output.read_line(&mut line)?;
        ensure!(line == "ready\n", "{arguments:?} ended before it was ready");
        Ok(Self { child, _output: output })
    }

    /// The seconds of CPU that the process has used.
    pub(crate) fn cpu(&self) -> Result<f64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let (_, fields) = stat.rsplit_once(')').context("no stat")?;
        let fields: Vec<_> = fields.split_whitespace().collect();
        let ticks: u64 =
            fields.get(11..13).context("no stat")?.iter().map(|ticks| ticks.parse().unwrap_or(0)).sum();
        Ok(ticks as f64 / rustix::param::clock_ticks_per_second() as f64)
    }

    /// The memory of the process that is not on disk, in megabytes.
    pub(crate) fn memory(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kilobytes / 1024.0)
    }

    /// Stops the process as a debugger or a sleeping machine does.
    pub(crate) fn hang(&self) -> Result<()> {
        self.signal(Signal::STOP)
    }

    /// Kills the process.
    pub(crate) fn kill(&mut self) -> Result<()> {
        self.signal(Signal::KILL)?;
        self.child.wait()?;
        Ok(())
    }

    fn signal(&self, signal: Signal) -> Result<()> {
        Ok(kill_process(Pid::from_child(&self.child), signal)?)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have been killed before.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
