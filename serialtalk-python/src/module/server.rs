//! The class that serves.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serialtalk::Interface;

use super::command::{Command, Way};
use super::{layout, literal};

/// `RobotServer`
pub(super) fn class(name: &str, interface: &Interface, commands: &[Command<'_>]) -> String {
    let mut about = layout::lines(interface.docs).join("\n");
    if !about.is_empty() {
        about += "\n\n";
    }
    about += "Inherit from it and write the methods; `register` adds them to a SerialTalk. To refuse, raise any \
              exception: the caller gets its text.";
    if !interface.module.is_empty() {
        about += &format!(
            " They belong to the module `{0}`, which the other end loads: call `register` in a function \
             `add_commands(st)` of the file `{0}.py`.",
            interface.module
        );
    }
    let mut class = format!(
        "\n\nclass {name}Server(_Server):\n{}\n    _commands = {name}Client._commands\n\n    def register(self, st: Any) -> None:\n{}",
        layout::docstring(4, &about),
        layout::docstring(8, "Adds the commands to a SerialTalk.")
    );
    for command in commands {
        class += &registration(command);
    }
    if interface.contract {
        class += "        self._answer(st)\n";
    }
    for command in commands {
        class += "\n";
        class += &method(name, command);
    }
    class
}

fn registration(command: &Command<'_>) -> String {
    let mut arguments = Vec::from([
        "st".to_string(),
        literal::text(command.info.name),
        literal::text(command.return_format()),
        format!("self.{}", command.method),
    ]);
    arguments.extend(kinds(command));
    layout::list(8, "self._add", &arguments, "")
}

/// How the arguments are put together from the values of a call; empty if they are these values.
fn kinds(command: &Command<'_>) -> Vec<String> {
    let arguments = &command.arguments;
    let mut kinds: Vec<_> = arguments.iter().map(|it| it.value.layout.to_string()).collect();
    let are_same = arguments.iter().all(|it| it.value.layout.is_same());
    match (command.way, &arguments[..]) {
        // Python spreads a sole tuple over the arguments.
        (Way::Repr, [argument]) if argument.is_tuple => kinds.insert(0, "_all".to_string()),
        (Way::Repr, [argument]) if argument.may_be_tuple() => kinds.insert(0, "_whole".to_string()),
        _ if are_same => return Vec::new(),
        (Way::Repr, _) => kinds.insert(0, "_each".to_string()),
        _ => {}
    }
    kinds
}

fn method(name: &str, command: &Command<'_>) -> String {
    let mut docs = command.documentation();
    if !command.info.error.is_empty() {
        docs += &format!(" Python can refuse, but cannot send a `{}`.", command.info.error);
    }
    let message = literal::text(&format!("{name}Server.{} is not implemented: override it", command.method));
    format!(
        "{}{}{}",
        command.definition(),
        layout::docstring(8, &docs),
        layout::list(8, "raise NotImplementedError", &[message], "")
    )
}
