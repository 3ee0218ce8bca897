//! The `serialtalk-zenoh` command: gateways, routers, and simulated boards.

#[path = "main/logging.rs"]
mod logging;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc;

use clap::{Args, Parser, Subcommand};
use serialtalk_zenoh::{Access, Fleet, Gateway, demo};

/// The realm and the gateway of the simulated boards.
const DEMO: (&str, &str) = ("robots", "demo");

/// The names of the simulated boards.
const DEMO_BOARDS: [&str; 3] = ["arm1", "arm2", "arm3"];

/// What may be tried with them.
const TO_TRY: &str = "\
In a second terminal:
  cargo run -p serialtalk-zenoh --example call
  cargo run -q -p serialtalk-zenoh -- python > serialtalk_zenoh.py
  python3 serialtalk_zenoh.py robots/demo/arm1 mult 5.9 94    # after pip install eclipse-zenoh==1.10.2
Ctrl-C ends it.";

/// Puts boards on the network, to be called by name from other machines.
#[derive(Debug, Parser)]
#[command(name = "serialtalk-zenoh", version)]
struct Command {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Runs the gateway that a file describes, until Ctrl-C
    Gateway(File),
    /// Runs a gateway with three simulated boards, until Ctrl-C
    Demo,
    /// Runs a router for gateways and programs, until Ctrl-C
    Router(File),
    /// Prints the rules of a router, as Zenoh's `access_control`
    Rules(File),
    /// Prints the module that calls boards from Python
    Python,
}

#[derive(Debug, Args)]
struct File {
    /// The file that describes it
    #[arg(default_value = "fleet.toml")]
    file: PathBuf,
}

fn main() -> ExitCode {
    logging::init();
    match run(Command::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<(), Box<dyn Error>> {
    match task {
        Task::Gateway(File { file }) => {
            let fleet = Fleet::read(&file)?;
            let gateway = fleet.gateway()?;
            serve(&fleet.access(), gateway, "")
        }
        Task::Demo => {
            let (realm, name) = DEMO;
            let gateway = Gateway::new(realm, name);
            let gateway =
                DEMO_BOARDS.iter().fold(gateway, |gateway, board| gateway.board(demo::board(board)));
            serve(&Access::listen_here(), gateway, TO_TRY)
        }
        Task::Router(File { file }) => {
            let stop = stop()?;
            let session = Fleet::read(&file)?.router()?.open()?;
            println!("the router runs; Ctrl-C ends it");
            stop.recv()?;
            drop(session);
            Ok(())
        }
        Task::Rules(File { file }) => {
            let rules = Fleet::read(&file)?.rules();
            let nobody = "it names no users, gateways or routers: everybody who connects may do everything";
            println!("{}", rules.ok_or_else(|| format!("{}: {nobody}", file.display()))?);
            Ok(())
        }
        Task::Python => {
            print!("{}", include_str!("../python/serialtalk_zenoh.py"));
            Ok(())
        }
    }
}

/// Runs a gateway until it is told to stop.
fn serve(access: &Access, gateway: Gateway, hint: &str) -> Result<(), Box<dyn Error>> {
    let stop = stop()?;
    let session = access.open()?;
    let names: Vec<_> = gateway.addresses().collect();
    let running = gateway.start(&session)?;
    println!("{}", names.join("\n"));
    println!("{}", if hint.is_empty() { "Ctrl-C ends it." } else { hint });
    stop.recv()?;
    drop(running);
    Ok(())
}

/// What tells that the program is to stop: by Ctrl-C, or by its service manager.
fn stop() -> Result<mpsc::Receiver<()>, ctrlc::Error> {
    let (stop, stopped) = mpsc::channel();
    // Who is told twice has stopped already.
    ctrlc::set_handler(move || _ = stop.send(()))?;
    Ok(stopped)
}
