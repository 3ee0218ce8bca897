//! The commands that every SerialTalk peer answers, in the order in which a Python peer lists them.

use crate::__expected;
use crate::command::Call;
use crate::describe::{Describe, Template};
use crate::payload::{NO_ARGUMENTS, RAW, REPR};
use crate::reader::Reader;
use crate::reply::Reply;
use crate::service::Catalog;
use crate::texts::{join, joined_length, nth, position};
use crate::value::Decode;

macro_rules! commands {
    ($($number:ident = $name:literal;)*) => {
        /// Their names; each stands under its number.
        pub(crate) const NAMES: &[&str] = &[$($name,)*];

        commands!(@numbers 0; $($number)*);
    };
    (@numbers $next:expr; $number:ident $($rest:ident)*) => {
        const $number: u8 = $next;
        commands!(@numbers $number + 1; $($rest)*);
    };
    (@numbers $next:expr;) => {};
}

// In the order in which a Python peer lists them.
commands! {
    ENABLE_REPL = "enable repl";
    DISABLE_REPL = "disable repl";
    ECHO = "echo";
    RAW_ECHO = "raw echo";
    MODULE = "module";
    GET_NUM_COMMANDS = "get_num_commands";
    GET_NTH_COMMAND = "get_nth_command";
    GET_VERSION = "get_version";
}

static JOINED: [u8; joined_length(NAMES)] = join(NAMES);

/// What answers to `get_version`.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The number of the built-in command called `name`.
pub(crate) fn find(name: &[u8]) -> Option<u8> {
    position(&JOINED, name).map(|number| number as u8)
}

/// Answers a built-in command. Sets whether the peer wants our command line, if that is what it asked for.
pub(crate) fn serve(
    number: u8,
    call: Call<'_>,
    catalog: &mut impl Catalog,
    reply: &mut Reply<'_>,
    wants_repl: &mut bool,
) {
    match number {
        ENABLE_REPL => *wants_repl = true,
        DISABLE_REPL => *wants_repl = false,
        ECHO => echo(call, reply),
        // A Python peer loses the value that it sends back here, for its return format is empty.
        RAW_ECHO => {
            let mut place = None;
            let arguments = call.arguments_in(&mut place, __expected!("", "s"));
            if !arguments.advance() {
                reply.accepts_expected(arguments);
            }
        }
        MODULE => module(call, catalog, reply),
        GET_NUM_COMMANDS => {
            let count = NAMES.len().saturating_add(catalog.count());
            reply.open_literal().put_integer(count as u64);
            reply.close_literal();
        }
        GET_NTH_COMMAND => nth_command(call, catalog, reply),
        GET_VERSION => reply.text(VERSION.as_bytes()),
        _ => {}
    }
}

/// Sends the arguments back in the encoding in which they came: the one that their sender can read for sure.
#[inline(never)]
fn echo(mut call: Call<'_>, reply: &mut Reply<'_>) {
    let is_bare = call.is_bare();
    let payload = call.payload();
    if payload.is_empty() || payload == NO_ARGUMENTS {
        return reply.value().frame.put(b"\x04repr()");
    }
    // Python takes text that starts with a parenthesis for what it is; before a dot in other text it looks for a module to
    // import.
    if let Some(text) = payload.strip_prefix(REPR)
        && text.first() != Some(&b'(')
    {
        reply.open_literal().put(text);
        return reply.close_literal();
    }
    let frame = &mut reply.value().frame;
    if is_bare {
        // Python takes one raw byte for an integer.
        frame.put(if payload.len() == 1 { b"\x01s" } else { RAW });
    }
    frame.put(payload);
}

#[inline(never)]
fn nth_command(call: Call<'_>, catalog: &impl Catalog, reply: &mut Reply<'_>) {
    let mut place = None;
    let arguments = call.arguments_in(&mut place, __expected!("H", "n"));
    let number = arguments.take::<u16>().map(usize::from);
    let (Some(number), true) = (number, reply.accepts_expected(arguments)) else { return };
    let name = match number.checked_sub(NAMES.len()) {
        None => Some(nth(&JOINED, 0, number)),
        Some(number) => catalog.name(number).map(str::as_bytes),
    };
    match name {
        Some(name) => reply.text(name),
        None => reply.value().frame.put(b"\x04repr(None,)"),
    }
}

#[inline(never)]
fn module(call: Call<'_>, catalog: &mut impl Catalog, reply: &mut Reply<'_>) {
    let mut place = None;
    let arguments = call.arguments_in(&mut place, __expected!("", "name"));
    let name = arguments.take::<Name<'_>>();
    let (Some(Name(name)), true) = (name, reply.accepts_expected(arguments)) else { return };
    if !catalog.load(name) {
        let mut text = reply.failed();
        text.say(Template::NoModule);
        name.iter().for_each(|byte| text.byte(if byte.is_ascii() { *byte } else { b'?' }));
        text.byte(b'\'');
        text.close();
    }
}

/// Text or bytes, which need not be UTF-8.
struct Name<'a>(&'a [u8]);

impl<'a> Decode<'a> for Name<'a> {
    fn decode(reader: &mut Reader<'a>) -> Option<Self> {
        reader.text_bytes().map(Self)
    }
}

#[cfg(all(test, feature = "repr", feature = "alloc"))]
mod tests;
