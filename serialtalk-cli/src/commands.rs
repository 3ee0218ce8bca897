//! What the command line can ask for, a module each.

mod bench;
mod call;
mod cat;
mod check;
pub(crate) mod completions;
mod cp;
#[cfg(unix)]
mod demo;
mod deploy;
mod describe;
mod eval;
mod exec;
mod generate;
mod list;
mod ls;
mod mkdir;
mod new;
mod overview;
mod ports;
mod repl;
#[cfg(unix)]
mod replay;
mod reset;
mod rm;
mod run;
#[cfg(unix)]
mod share;
mod shell;
#[cfg(unix)]
mod sniff;
mod ui;
mod watch;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::Result;

/// What the command line can ask for.
#[derive(Debug, Subcommand)]
// Only the arguments of the command that is meant are made. Types of arguments have no doc comments: those would be its help.
#[command(defer = true)]
pub(crate) enum Command {
    /// Lists the serial ports, gives one a name, or prints a udev rule for it
    Ports(ports::Args),
    /// Lists the commands of a board, with their signatures if it tells them
    List(list::Args),
    /// Tells all that a board says of its commands
    Describe(describe::Args),
    /// Calls a command once and prints its value
    Call(call::Args),
    /// Calls commands again and again, and shows, records or plots their values
    Watch(watch::Args),
    /// Measures how fast a command is answered
    Bench(bench::Args),
    /// Finds out what is at a port: who has it open, who answers and how fast
    Check(check::Args),
    /// Shows the commands of a board, calls and plots them, in full screen
    Ui(ui::Args),
    /// Makes calls line by line, with history and completion; reads them from a pipe, too
    Shell(shell::Args),
    /// Evaluates a Python expression on a MicroPython board and prints its value
    Eval(eval::Args),
    /// Runs Python code on a MicroPython board and prints what it prints
    Exec(exec::Args),
    /// Runs a Python file of this machine on a MicroPython board and prints what it prints
    Run(run::Args),
    /// Lets you type at the prompt of a MicroPython board
    Repl(repl::Args),
    /// Lists a folder of a MicroPython board
    Ls(ls::Args),
    /// Writes files of a MicroPython board to standard output
    Cat(cat::Args),
    /// Copies files to and from a MicroPython board, of which paths begin with `:`
    Cp(cp::Args),
    /// Removes files of a MicroPython board
    Rm(rm::Args),
    /// Makes folders on a MicroPython board
    Mkdir(mkdir::Args),
    /// Puts a program on a MicroPython board, starts it and waits until it answers
    Deploy(deploy::Args),
    /// Restarts a MicroPython board
    Reset(reset::Args),
    /// Keeps a board open so that several programs can use it at a time
    #[cfg(unix)]
    Share(share::Args),
    /// Shows and records every frame between a board and a program
    #[cfg(unix)]
    Sniff(sniff::Args),
    /// Answers as a board did while its frames were recorded
    #[cfg(unix)]
    Replay(replay::Args),
    /// Makes a project: a contract, a host program, firmware
    New(new::Args),
    /// Writes source code that fits a board
    Generate(generate::Args),
    /// Simulates a board with sensors that move, to try everything on
    #[cfg(unix)]
    Demo(demo::Args),
    /// Prints the script with which a shell completes command lines
    Completions(completions::Args),
}

/// Does what the command line asks for.
pub(crate) fn run(command: Option<Command>, context: &Context) -> Result {
    match command {
        None => overview::run(context),
        Some(Command::Ports(args)) => ports::run(&args, context),
        Some(Command::List(args)) => list::run(&args, context),
        Some(Command::Describe(args)) => describe::run(&args, context),
        Some(Command::Call(args)) => call::run(&args, context),
        Some(Command::Watch(args)) => watch::run(&args, context),
        Some(Command::Bench(args)) => bench::run(&args, context),
        Some(Command::Generate(args)) => generate::run(&args, context),
        Some(Command::New(args)) => new::run(&args, context),
        Some(Command::Ui(args)) => ui::run(&args, context),
        Some(Command::Shell(args)) => shell::run(&args, context),
        Some(Command::Check(args)) => check::run(&args, context),
        Some(Command::Completions(args)) => completions::run(&args),
        Some(Command::Eval(args)) => eval::run(&args, context),
        Some(Command::Exec(args)) => exec::run(&args, context),
        Some(Command::Run(args)) => run::run(&args, context),
        Some(Command::Repl(args)) => repl::run(&args, context),
        Some(Command::Ls(args)) => ls::run(&args, context),
        Some(Command::Cat(args)) => cat::run(&args, context),
        Some(Command::Cp(args)) => cp::run(&args, context),
        Some(Command::Rm(args)) => rm::run(&args, context),
        Some(Command::Mkdir(args)) => mkdir::run(&args, context),
        Some(Command::Deploy(args)) => deploy::run(&args, context),
        Some(Command::Reset(args)) => reset::run(&args, context),
        #[cfg(unix)]
        Some(Command::Sniff(args)) => sniff::run(&args, context),
        #[cfg(unix)]
        Some(Command::Replay(args)) => replay::run(&args),
        #[cfg(unix)]
        Some(Command::Share(args)) => share::run(&args, context),
        #[cfg(unix)]
        Some(Command::Demo(args)) => demo::run(&args),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_command_is_helped_with_as_it_is_listed() {
        let (listed, mut helped) = (crate::command(), crate::command());
        helped.build();
        for command in listed.get_subcommands() {
            let helped = helped.find_subcommand(command.get_name()).unwrap();
            assert_eq!(helped.get_about(), command.get_about());
        }
    }
}
