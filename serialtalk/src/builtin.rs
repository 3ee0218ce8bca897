//! The commands that every SerialTalk peer answers, in the order in which a Python peer lists them.

use crate::command::Call;
use crate::describe::{Describe, Template};
use crate::payload::Payload;
use crate::payload::literal::LiteralWriter;
use crate::payload::unpack::Unpack;
use crate::reader::Reader;
use crate::reply::Reply;
use crate::service::Catalog;
use crate::value::Decode;

/// Their names.
pub(crate) const NAMES: &[&str] = &[
    "enable repl",
    "disable repl",
    "echo",
    "raw echo",
    "module",
    "get_num_commands",
    "get_nth_command",
    "get_version",
];

/// What answers to `get_version`.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The number of the built-in command called `name`.
#[inline(never)]
pub(crate) fn find(name: &[u8]) -> Option<u8> {
    NAMES.iter().position(|builtin| builtin.as_bytes() == name).map(|number| number as u8)
}

/// Answers a built-in command. Returns whether the peer wants our command line, if that is what it asked for.
pub(crate) fn serve(
    number: u8,
    call: Call<'_>,
    catalog: &mut impl Catalog,
    reply: &mut Reply<'_>,
) -> Option<bool> {
    match NAMES.get(usize::from(number)).copied().unwrap_or_default() {
        "enable repl" => return Some(true),
        "disable repl" => return Some(false),
        "echo" => echo(call, reply),
        "raw echo" => {
            // A Python peer loses the value that it sends back here, for its return format is empty.
            let mut arguments = call.arguments();
            if arguments.scalar().is_none() {
                reply.accepts(&mut arguments, 1, "s");
            }
        }
        "module" => module(call, catalog, reply),
        "get_num_commands" => {
            let count = NAMES.len().saturating_add(catalog.count());
            literal(reply, |writer| writer.integer(false, count as u64));
        }
        "get_nth_command" => nth_command(call, catalog, reply),
        _ => literal(reply, |writer| writer.text(VERSION)),
    }
    None
}

/// Sends the arguments back in the encoding in which they came: the one that their sender can read for sure.
fn echo(call: Call<'_>, reply: &mut Reply<'_>) {
    let value = reply.value();
    let payload = call.payload();
    match Payload::parse(payload) {
        Payload::None => {
            value.literal().open(b'(');
            value.frame.put(b")");
        }
        Payload::Struct { format, data } if Unpack::new(format, data).is_none() => value.byte_string(payload),
        Payload::Bare(bytes) => value.byte_string(bytes),
        // Python takes text that starts with a parenthesis for what it is; before a dot in other text it looks for a
        // module to import.
        Payload::Repr(text) if !text.starts_with(b"(") => {
            value.literal().open(b'(');
            value.frame.put(text);
            value.frame.put(b",)");
        }
        _ => value.frame.put(payload),
    }
}

fn nth_command(call: Call<'_>, catalog: &impl Catalog, reply: &mut Reply<'_>) {
    let mut arguments = call.arguments();
    let number = arguments.take::<u16>().map(usize::from);
    let (Some(number), true) = (number, reply.accepts(&mut arguments, 1, "n")) else { return };
    let name = match number.checked_sub(NAMES.len()) {
        None => NAMES.get(number).copied(),
        Some(number) => catalog.name(number),
    };
    literal(reply, |writer| match name {
        Some(name) => writer.text(name),
        None => writer.none(),
    });
}

fn module(call: Call<'_>, catalog: &mut impl Catalog, reply: &mut Reply<'_>) {
    let mut arguments = call.arguments();
    let name = arguments.take::<Name<'_>>();
    let (Some(Name(name)), true) = (name, reply.accepts(&mut arguments, 1, "name")) else { return };
    if !catalog.load(name) {
        let mut text = reply.failed();
        text.say(Template::NoModule);
        name.iter().for_each(|byte| text.byte(*byte));
        text.byte(b'\'');
        text.close(b",)");
    }
}

/// Text or bytes, which need not be UTF-8.
struct Name<'a>(&'a [u8]);

impl<'a> Decode<'a> for Name<'a> {
    fn decode(reader: &mut Reader<'a>) -> Option<Self> {
        reader.text_bytes().map(Self)
    }
}

fn literal(reply: &mut Reply<'_>, value: impl FnOnce(&mut LiteralWriter<'_, '_>)) {
    reply.value().literal().sole(value);
}

#[cfg(all(test, feature = "repr", feature = "alloc"))]
mod tests;
