//! `cargo run --release -p link-model -- --help`

use std::process::ExitCode;

use clap::Parser;
use link_model::{Model, Mutant, Peer, Report};

/// Searches every order of events on the checked link for one that breaks a promise
#[derive(Debug, Parser)]
struct Options {
    /// Calls of a side that calls, at most 3
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(..=3))]
    calls: u8,
    /// Hellos and calls that both sides send together, repeats included
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u8).range(..=20))]
    sends: u8,
    /// Restarts of side A, a host
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(..=9))]
    restarts: u8,
    /// Reboots of side B, a board
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(..=9))]
    reboots: u8,
    /// One-way calls of both sides together
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(..=20))]
    notes: u8,
    /// How often a server gives up the reply that it keeps
    #[arg(long, default_value_t = 0)]
    forgets: u8,
    /// How often a frame comes back to its sender
    #[arg(long, default_value_t = 0)]
    echoes: u8,
    /// No lease ends
    #[arg(long)]
    no_leases: bool,
    /// Numbers of calls
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u8).range(2..=16))]
    numbers: u8,
    /// Both sides call
    #[arg(long)]
    both: bool,
    /// Only side B calls
    #[arg(long, conflicts_with = "both")]
    board_calls: bool,
    /// Side B is a host too
    #[arg(long)]
    hosts: bool,
    /// Side A is a board too
    #[arg(long, conflicts_with = "hosts")]
    boards: bool,
    /// The rule that is left out, or `all` for a search without each of them
    #[arg(long, value_parser = mutants)]
    mutant: Option<Mutants>,
    /// Lists the rules
    #[arg(long)]
    list: bool,
}

/// What `--mutant` stands for.
#[derive(Debug, Clone)]
struct Mutants(Vec<Mutant>);

fn main() -> ExitCode {
    let options = Options::parse();
    if options.list {
        Mutant::ALL.iter().for_each(|mutant| println!("{}: {}", mutant.name(), mutant.rule()));
        return ExitCode::SUCCESS;
    }
    let model = model(&options);
    let models = match options.mutant {
        Some(Mutants(mutants)) => mutants.into_iter().map(|mutant| model.without(mutant)).collect(),
        None => vec![model],
    };
    println!("{}", Report::HEAD);
    let mut stories = Vec::new();
    for model in models {
        let report = Report::of(model);
        println!("{report}");
        stories.extend(report.story());
    }
    stories.iter().for_each(|story| println!("\n{story}"));
    if stories.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn model(options: &Options) -> Model {
    let calls = [!options.board_calls, options.both || options.board_calls];
    Model {
        peers: [
            if options.boards { Peer::Board } else { Peer::Host },
            if options.hosts { Peer::Host } else { Peer::Board },
        ],
        calls: calls.map(|does| if does { options.calls } else { 0 }),
        restarts: [options.restarts, options.reboots],
        sends: options.sends,
        notes: options.notes,
        forgets: options.forgets,
        echoes: options.echoes,
        leases: !options.no_leases,
        numbers: options.numbers,
        mutant: None,
        restarts_are_true: true,
        heals: true,
    }
}

fn mutants(name: &str) -> Result<Mutants, String> {
    if name == "all" {
        return Ok(Mutants(Mutant::ALL.to_vec()));
    }
    let named = Mutant::ALL.iter().find(|mutant| mutant.name() == name);
    named.map(|&mutant| Mutants(vec![mutant])).ok_or_else(|| "--list prints the names of the rules".into())
}
