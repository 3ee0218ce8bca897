//! The class that calls.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serialtalk::{Interface, Timeout};

use super::command::{Argument, Command, Way};
use super::{layout, literal, table};

/// `RobotClient`
pub(super) fn class(name: &str, interface: &Interface, commands: &[Command<'_>]) -> String {
    let mut about = layout::lines(interface.docs).join("\n");
    if !about.is_empty() {
        about += "\n\n";
    }
    about +=
        "Each method calls the command of that name at the other end of the SerialTalk that this is made of.";
    let mut class = format!("\n\nclass {name}Client(_Client):\n{}", layout::docstring(4, &about));
    class += &table::table(interface);
    if !interface.module.is_empty() {
        class += &load(interface.module);
    }
    for command in commands {
        class += "\n";
        class += &method(command);
    }
    class
}

/// A constructor that has the other end load the module.
fn load(module: &str) -> String {
    let arguments = [
        literal::text("module"),
        literal::text(""),
        "None".into(),
        literal::text(&format!("{}s", module.len())),
        literal::text("module"),
        literal::text(module),
    ];
    let docs = format!(
        "Has the other end load the module `{module}`, without which it has no such commands, and then compares as \
         all clients do."
    );
    format!(
        "\n    def __init__(self, st: Any, compare: bool = True) -> None:\n{}        super().__init__(st, False)\n{}\
         \x20       if compare:\n            self._compare()\n",
        layout::docstring(8, &docs),
        layout::list(8, "self._call", &arguments, "")
    )
}

fn method(command: &Command<'_>) -> String {
    let info = command.info;
    let mut call = Vec::from([literal::text(info.name)]);
    if !info.oneway {
        call.push(literal::text(command.return_format()));
        call.push(command.value.layout.to_string());
    }
    call.extend(payload(command));
    match info.timeout {
        None => {}
        Some(Timeout::Ms(ms)) => call.push(format!("timeout={ms}")),
        Some(Timeout::Never) => call.push("timeout=1 << 30".into()),
    }
    let head = match info.return_format {
        _ if info.oneway => "self._send",
        "" => "self._call",
        _ => "return self._call",
    };
    let docs = layout::docstring(8, &documentation(command));
    format!("{}{docs}{}", command.definition(), layout::list(8, head, &call, ""))
}

/// The format, the names in it, each with how many values it has if they are not one, and the arguments.
fn payload(command: &Command<'_>) -> Vec<String> {
    let format = match command.way {
        Way::Nothing => return Vec::new(),
        Way::Postcard => "post",
        Way::Raw => "raw",
        Way::Repr => "repr",
        Way::Struct(format) => format,
    };
    let name = |argument: &Argument| match argument.count {
        1 => argument.name.clone(),
        count => format!("{}:{count}", argument.name),
    };
    let names: Vec<_> = command.arguments.iter().map(name).collect();
    let arguments = command.arguments.iter().map(|argument| argument.name.clone());
    [literal::text(format), literal::text(&names.join(" "))].into_iter().chain(arguments).collect()
}

fn documentation(command: &Command<'_>) -> String {
    let info = command.info;
    let mut text = command.documentation();
    if !info.error.is_empty() {
        text += &format!(
            " If Rust returns an `Err`, this raises `Failed`, whose `value` is the literal of `{}`.",
            info.error
        );
    }
    text
}
