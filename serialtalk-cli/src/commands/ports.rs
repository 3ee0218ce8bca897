//! `serialtalk ports`

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::json;
use serialtalk_hal::ports::{self, PortInfo, PortName};
use toml_edit::{DocumentMut, Item, Table, value};

use crate::config::{self, is_name};
use crate::context::Context;
use crate::escaped::on_one_line;
use crate::failure::{Failure, Result};
use crate::output::tell;
use crate::runtime::{self, DEMO};

// The arguments of `ports`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  serialtalk ports                            what is plugged in
  serialtalk ports --save arm                 the only port is arm from now on: -b arm
  serialtalk -b /dev/ttyACM1 ports --save base
  serialtalk ports --udev arm | sudo tee /etc/udev/rules.d/99-arm.rules")]
pub(crate) struct Args {
    /// Gives the port of --board, or the only one, this name in the nearest serialtalk.toml
    #[arg(long, value_name = "NAME")]
    save: Option<String>,
    /// Prints a rule for udev with which the port of --board, or the only one, is always /dev/NAME
    #[arg(long, value_name = "NAME", conflicts_with = "save")]
    udev: Option<String>,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    match (&args.save, &args.udev) {
        (Some(name), _) => save(name, context),
        (_, Some(name)) => udev(name, context),
        _ => list(context),
    }
}

/// Lists the ports.
pub(crate) fn list(context: &Context) -> Result {
    let ports = ports::list()?;
    for port in &ports {
        if context.output.is_json {
            let usb = port.usb.as_ref();
            context.output.json(json!({
                "port": port.path,
                "usb": usb.map(|usb| usb.id.to_string()),
                "manufacturer": usb.and_then(|usb| usb.manufacturer.clone()),
                "product": usb.and_then(|usb| usb.product.clone()),
            }))?;
        } else {
            context.output.line("", on_one_line(&port.to_string()))?;
        }
    }
    if let Some(target) = runtime::noted(DEMO) {
        if context.output.is_json {
            context
                .output
                .json(json!({ "port": target, "usb": null, "manufacturer": null, "product": DEMO }))?;
        } else {
            context.output.line("", format_args!("{target} (the demo board)"))?;
        }
    } else if ports.is_empty() {
        tell("there is no serial port on this machine");
    }
    Ok(ExitCode::SUCCESS)
}

/// The port that is meant, by what opens it wherever it is plugged in.
fn meant(context: &Context, command: &str) -> Result<(String, Option<PortInfo>)> {
    let board = context.board(command)?;
    let path = match board.target.parse::<PortName>() {
        Ok(name) => name.find()?,
        // A TCP server.
        Err(_) => return Ok((board.target, None)),
    };
    let port = ports::list()?.into_iter().find(|port| port.path == path);
    let target = port.as_ref().and_then(|port| port.usb.as_ref()).map(|usb| usb.id.to_string());
    Ok((target.unwrap_or(path), port))
}

fn save(name: &str, context: &Context) -> Result {
    if !is_name(name) {
        let text = format!(
            "`{name}` cannot name a board: expected letters, digits, `-`, `_` and `.`, and not `auto`"
        );
        return Err(Failure::usage(text).hint("serialtalk ports --save arm"));
    }
    let (target, _) = meant(context, "ports --save")?;
    let folder = std::env::current_dir()?;
    let path = config::nearest(&folder).unwrap_or_else(|| PathBuf::from(config::FILE));
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(Failure::file(&path, &error)),
    };
    let bad = |error: toml_edit::TomlError| Failure::usage(format!("{}: {error}", path.display()));
    let mut document: DocumentMut = text.parse().map_err(bad)?;
    let boards = document.entry("board").or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    });
    let board = boards.as_table_mut().map(|boards| boards.entry(name).or_insert(Item::Table(Table::new())));
    let Some(board) = board.and_then(Item::as_table_like_mut) else {
        return Err(Failure::usage(format!(
            "{}: `board.{name}` is no table: write [board.{name}]",
            path.display()
        )));
    };
    board.insert("port", value(&target));
    fs::write(&path, document.to_string()).map_err(|error| Failure::file(&path, &error))?;
    tell(format_args!("{}: `{name}` is {target}; try: serialtalk -b {name} list", path.display()));
    Ok(ExitCode::SUCCESS)
}

fn udev(name: &str, context: &Context) -> Result {
    let is_file_name = is_name(name) && name.is_ascii();
    if !is_file_name {
        return Err(Failure::usage(format!(
            "`{name}` cannot be a device: expected letters, digits, `-`, `_` and `.`"
        )));
    }
    let (target, port) = meant(context, "ports --udev")?;
    let Some(usb) = port.and_then(|port| port.usb) else {
        return Err(Failure::usage(format!("{target} is not on USB: udev cannot tell it from others")));
    };
    let mut rule = format!(
        "SUBSYSTEM==\"tty\", ATTRS{{idVendor}}==\"{:04x}\", ATTRS{{idProduct}}==\"{:04x}\"",
        usb.id.vendor, usb.id.product
    );
    let is_plain = |serial: &&String| {
        serial.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.:".contains(letter))
    };
    if let Some(serial) = usb.id.serial.as_ref().filter(is_plain) {
        rule.push_str(&format!(", ATTRS{{serial}}==\"{serial}\""));
    }
    context.output.line("", format_args!("{rule}, SYMLINK+=\"{name}\""))?;
    tell(
        "append it to /etc/udev/rules.d/99-serialtalk.rules, then: sudo udevadm control --reload && sudo udevadm trigger",
    );
    Ok(ExitCode::SUCCESS)
}
