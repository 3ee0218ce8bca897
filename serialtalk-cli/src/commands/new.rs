//! `serialtalk new`

mod firmware;
mod manifest;
mod name;
mod project;
mod python_module;
mod readme;
mod templates;

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use crate::context::Context;
use crate::failure::{Failure, Result};
use crate::output::tell;
use firmware::Firmware;
use manifest::Source;
use name::Name;
use project::Project;

// The arguments of `new`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The name of the folder that is made, and of the package with the contract in it
    name: String,
    /// The board that firmware in Rust is made for
    #[arg(long, value_enum, default_value_t, value_name = "BOARD")]
    firmware: Firmware,
    /// Also makes a program for a MicroPython board
    #[arg(long)]
    micropython: bool,
    /// Depends on the crates as they are published, where this program was built in a checkout of them
    #[arg(long)]
    published: bool,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    let project = Project {
        name: Name::parse(&args.name)?,
        port: args.firmware.port(),
        has_micropython: args.micropython,
        source: Source::find(args.published),
    };
    let files = project.files();
    write(&project.name, &files)?;
    if context.output.is_json {
        let paths: Vec<_> = files.iter().map(|(path, _)| path).collect();
        context.output.json(json!({ "project": project.name.package, "files": paths }))?;
    }
    let name = &project.name.package;
    tell(format_args!("{name} is made; try:\n  cd {name}"));
    for (command, does) in readme::commands(&project) {
        tell(format_args!("  {command:36}  {does}"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the files into a new folder.
fn write(name: &Name, files: &[(String, String)]) -> Result<()> {
    let folder = Path::new(&name.package);
    fs::create_dir(folder).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::usage(format!("`{}` is there already", name.package))
            .hint("another name, or remove it first: nothing is overwritten"),
        _ => Failure::file(folder, &error),
    })?;
    for (path, text) in files {
        let path = folder.join(path);
        let made = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, text));
        made.map_err(|error| Failure::file(&path, &error))?;
    }
    Ok(())
}
