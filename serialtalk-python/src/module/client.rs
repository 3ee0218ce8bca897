//! The class that calls.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serialtalk::{Interface, Timeout};

use super::command::{Argument, Command, Kind, Way};
use super::{layout, literal, struct_format, table};

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
        literal::text(&format!("{}s", module.len())),
        format!("b{}", literal::text(module)),
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
    }
    call.extend(payload(command));
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

/// The format and the values that are sent.
fn payload(command: &Command<'_>) -> Vec<String> {
    let arguments = &command.arguments;
    let converted = |argument: &Argument<'_>| match argument.kind {
        // Checked as it is: bytes whose number is in the format.
        Kind::Bytes if matches!(command.way, Way::Struct(_)) => argument.name.clone(),
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
    let mut payload = Vec::from([sized(format, arguments)]);
    payload.extend::<Vec<_>>(values);
    payload
}

/// The format as an expression: with the lengths of bytes for which it has none.
fn sized(format: &str, arguments: &[Argument<'_>]) -> String {
    let mut lengths = Vec::new();
    for (value, packed) in struct_format::values(format).iter().enumerate() {
        if packed.size.is_none() {
            lengths.push(format!("len({})", value_of(value, arguments)));
        }
    }
    let format = literal::text(&format.replace('*', "%d"));
    match &lengths[..] {
        [] => format,
        [length] => format!("{format} % {length}"),
        several => format!("{format} % ({})", several.join(", ")),
    }
}

/// The expression for one of the values of a struct, by its number.
fn value_of(mut number: usize, arguments: &[Argument<'_>]) -> String {
    for Argument { name, kind, .. } in arguments {
        let count = match kind {
            Kind::Loose => return format!("{name}[{number}]"),
            Kind::Tuple(count) if number < *count => return format!("{name}[{number}]"),
            Kind::Tuple(count) => *count,
            Kind::Text(_) if number == 0 => return format!("_bytes({name})"),
            _ if number == 0 => return name.clone(),
            _ => 1,
        };
        number -= count;
    }
    "b\"\"".into()
}

fn is_spread(argument: &Argument<'_>) -> bool {
    matches!(argument.kind, Kind::Tuple(_) | Kind::Loose)
}

/// The values of arguments some of which are tuples. Old MicroPythons accept only one `*`.
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
            " If Rust returns an `Err`, this raises `Failed`, whose `value` is the literal of `{}`.",
            info.error
        );
    }
    text
}
