//! The table of signatures, with which both ends find out whether they mean the same by the names of commands.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serialtalk::{CommandInfo, Describe, Interface};

use super::{layout, literal};

/// `_commands`: the name, the hash of the signature and the signature of each command, and the rest of its description if
/// servers tell it.
pub(super) fn table(interface: &Interface) -> String {
    let mut table = String::from("\n    _commands = (\n");
    for command in interface.commands {
        table += &entry(command, interface.describe);
    }
    table + "    )\n"
}

fn entry(command: &'static CommandInfo, describe: Describe) -> String {
    let signature = command.signature().to_string();
    let mut texts = Vec::from([signature.clone()]);
    if describe != Describe::Nothing {
        let description = command.description(describe == Describe::All).to_string();
        let rest = description.strip_prefix(&signature).unwrap_or_default();
        texts.push(rest.strip_prefix('\n').unwrap_or_default().to_string());
    }
    let head = [literal::text(command.name), literal::bytes(&command.hash.to_le_bytes())];
    let on_one_line = head.iter().cloned().chain(texts.iter().map(|text| literal::text(text)));
    let line = format!("        ({}),\n", on_one_line.collect::<Vec<_>>().join(", "));
    if layout::fits(&line) {
        return line;
    }
    let mut lines = String::from("        (\n");
    for item in head {
        lines += &format!("            {item},\n");
    }
    for text in texts {
        let pieces = literal::lines(&text, layout::WIDTH - 13);
        lines += &format!("            {},\n", pieces.join("\n            "));
    }
    lines + "        ),\n"
}
