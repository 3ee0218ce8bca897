//! Python modules made from interfaces.

mod client;
mod command;
mod hint;
mod layout;
mod literal;
mod names;
mod rust_type;
mod server;
mod struct_format;

use alloc::format;
use alloc::string::String;

use serialtalk::Interface;

use names::Names;

/// The source of a Python module that speaks these interfaces, which one endpoint may have all at once.
///
/// For each interface there is a class that calls and a class that serves: of `Robot`, `RobotClient` and
/// `RobotServer`. The module imports nothing of SerialTalk: both classes work with a SerialTalk that they are given, of
/// the Python package `serialtalk` or of our [small peer](crate::PEER), on CPython from 3.8 on and on MicroPython. Boards
/// with a few kilobytes of memory, as a micro:bit, have no room for it beside the peer.
///
/// - `RobotClient(st)` has a method for each command. It checks numbers before it sends them, returns the value, and
///   raises a `CallError` where there is none: `NoReply`, `BadReply`, `Refused` with the words of the other end, or
///   `Failed`, which has the value of the command's own error besides.
/// - `RobotServer` has the same methods, to be written by a class that inherits from it; `register(st)` adds them to a
///   SerialTalk. One that is not written raises a `NotImplementedError`, which the caller gets as text.
///
/// Arguments and values have the hints that their types in Rust give rise to. A struct that travels in a struct format is
/// a tuple of its numbers. What Python cannot tell of a type is `Any`, and what it cannot read, as postcard, is `bytes`;
/// the documentation of the method says so. A name that means something in Python gets a `_` behind it.
///
/// Written to a file by a small program, or by a build script that has the crate of the interfaces as a build dependency:
///
/// ```no_run
/// # mod robot {
/// #     #[serialtalk::interface]
/// #     pub trait Robot {
/// #         fn mult(&mut self, a: f32, b: f32) -> f32;
/// #     }
/// # }
/// fn main() -> std::io::Result<()> {
///     std::fs::write("robot.py", serialtalk_python::module(&[robot::ROBOT_INTERFACE]))
/// }
/// ```
///
/// And then, in Python:
///
/// ```python
/// from robot import RobotClient
///
/// robot = RobotClient(st)
/// print(robot.mult(5.9, 94.0))
/// ```
pub fn module(interfaces: &[Interface]) -> String {
    let mut classes = Names::default();
    let mut names = String::new();
    let mut body = String::new();
    for interface in interfaces {
        let name = classes.add(interface.name);
        let commands = command::all(interface);
        names += &format!("\n- `{name}Client` calls, `{name}Server` serves: {}", summary(interface.docs));
        body += &client::class(&name, interface, &commands);
        body += &server::class(&name, interface, &commands);
    }
    let about = format!(
        "Made by serialtalk-python from interfaces in Rust, with which it has to agree: make it anew instead of \
         changing it.\n{names}\n\nBoth work with a SerialTalk that they are given: of the package `serialtalk`, or of \
         `serialtalk_peer`."
    );
    let mut source = String::from("# mypy: no-warn-return-any\n");
    source += &layout::docstring(0, &about);
    source += "\n";
    source += &used_hints(HEAD, &body);
    source += &body;
    source
}

/// What all modules have in common.
const HEAD: &str = include_str!("../python/calls.py");

/// The head with those hints imported that are used.
fn used_hints(head: &str, body: &str) -> String {
    let all = ["Any", "Dict", "List", "Optional", "Tuple"];
    let import = format!("import {}", all.join(", "));
    let mut used = String::from("import Any");
    for hint in all.iter().skip(1).filter(|hint| body.contains(&format!("{hint}["))) {
        used += ", ";
        used += hint;
    }
    head.replacen(&import, &used, 1)
}

/// The first paragraph of some documentation.
fn summary(docs: &str) -> String {
    let lines = layout::lines(docs);
    let paragraph: alloc::vec::Vec<_> =
        lines.split(|line| line.is_empty()).next().unwrap_or_default().to_vec();
    paragraph.join(" ")
}
