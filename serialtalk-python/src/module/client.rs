//! The class that calls.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serialtalk::{Interface, Timeout};

use super::command::{Argument, Command, Kind, Way};
use super::{layout, literal};

/// `RobotClient`
pub(super) fn class(name: &str, interface: &Interface, commands: &[Command<'_>]) -> String {
    let mut about = layout::lines(interface.docs).join("\n");
    if !about.is_empty() {
        about += "\n\n";
    }
    about +=
        "Each method calls the command of that name at the other end of the SerialTalk that this is made of.";
    let mut class = format!("\n\nclass {name}Client(_Client):\n{}", layout::docstring(4, &about));
    if !interface.module.is_empty() {
        class += &load(interface.module);
    }
    for command in commands {
        class += "\n";
        class += &method(command);
    }
    class
}

/// A constructor that switches the commands on.
fn load(module: &str) -> String {
    let arguments = [
        literal::text("module"),
        literal::text(""),
        literal::text(&format!("{}s", module.len())),
        format!("b{}", literal::text(module)),
    ];
    let docs =
        format!("Has the other end load the module `{module}`, without which it has no such commands.");
    format!(
        "\n    def __init__(self, st: Any) -> None:\n{}        super().__init__(st)\n{}",
        layout::docstring(8, &docs),
        layout::list(8, "self._call", &arguments, "")
    )
}

fn method(command: &Command<'_>) -> String {
    let info = command.info;
    let mut call = Vec::from([literal::text(info.name)]);
    if !info.oneway {
        call.push(literal::text(if command.value_way() == Way::Postcard {
            "post"
        } else {
            info.return_format
        }));
    }
    call.extend(what(command));
    match info.timeout {
        None => {}
        Some(Timeout::Ms(ms)) => call.push(format!("timeout={ms}")),
        Some(Timeout::Never) => call.push("timeout=1 << 30".into()),
    }
    let (head, tail) = match command.value.kind {
        _ if info.oneway => ("self._send", ""),
        _ if info.return_format.is_empty() => ("self._call", ""),
        Kind::Bool => ("return bool(self._call", ")"),
        Kind::Text(_) => ("return _text(self._call", ")"),
        _ => ("return self._call", ""),
    };
    let docs = layout::docstring(8, &documentation(command));
    format!("{}{docs}{}", command.definition(), layout::list(8, head, &call, tail))
}

/// What a SerialTalk is told to send: a format and values.
fn what(command: &Command<'_>) -> Vec<String> {
    let arguments = &command.arguments;
    let converted = |argument: &Argument<'_>| match argument.kind {
        Kind::Text(0) | Kind::Bytes => format!("_bytes({})", argument.name),
        Kind::Text(size) => format!("_bytes({}, {size})", argument.name),
        _ => argument.name.clone(),
    };
    let (format, values) = match command.way {
        Way::Nothing => return Vec::new(),
        Way::Postcard => return arguments.iter().map(|it| format!("_POST + _bytes({})", it.name)).collect(),
        Way::Raw => ("raw", arguments.iter().map(converted).collect()),
        Way::Repr => ("repr", arguments.iter().map(converted).collect()),
        Way::Struct(format) if arguments.iter().all(|it| !is_spread(it)) => {
            (format, arguments.iter().map(converted).collect())
        }
        Way::Struct(format) => (format, Vec::from([spread(arguments, converted)])),
    };
    let mut what = Vec::from([literal::text(format)]);
    what.extend::<Vec<_>>(values);
    what
}

fn is_spread(argument: &Argument<'_>) -> bool {
    matches!(argument.kind, Kind::Tuple(_) | Kind::Loose)
}

/// Arguments of which some are tuples, as values one after the other. Not every MicroPython knows more than one `*`.
fn spread(arguments: &[Argument<'_>], converted: impl Fn(&Argument<'_>) -> String) -> String {
    if let [argument] = arguments {
        return format!("*{}", argument.name);
    }
    let groups = arguments.chunk_by(|a, b| !is_spread(a) && !is_spread(b));
    let tuples = groups.map(|group| match group {
        [argument] if is_spread(argument) => format!("tuple({})", argument.name),
        [argument] => format!("({},)", converted(argument)),
        several => format!("({})", several.iter().map(&converted).collect::<Vec<_>>().join(", ")),
    });
    format!("*({})", tuples.collect::<Vec<_>>().join(" + "))
}

fn documentation(command: &Command<'_>) -> String {
    let info = command.info;
    let mut text = command.documentation();
    if !info.error.is_empty() {
        text += &format!(
            " Where Rust returns an `Err`, this raises `Failed`, whose `value` is the literal of `{}`.",
            info.error
        );
    }
    text
}
