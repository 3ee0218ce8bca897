//! The commands that every SerialTalk peer answers, in the order in which a Python peer lists them.

use crate::__expected;
use crate::command::Call;
use crate::payload::{NO_ARGUMENTS, RAW};
use crate::reader::Expected;
use crate::reply::Reply;
use crate::service::Catalog;
use crate::texts::{NONE, join, joined_length, nth, position};

macro_rules! commands {
    ($($number:ident = $name:literal;)*) => {
        /// Their names; each stands under its number.
        pub(crate) const NAMES: &[&str] = &[$($name,)*];

        commands!(@numbers 0; $($number)*);
    };
    (@numbers $next:expr; $number:ident $($rest:ident)*) => {
        const $number: usize = $next;
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

/// What those of them that take an argument call it.
const VALUE: Expected = __expected!("", b"\x05value");

/// The payloads that hold no value, joined: none at all, and that of no arguments.
static NOTHING: &[u8] = b"\0\x02\x01z";

/// What answers to `get_version`.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Answers a built-in command; false if it is none. Sets whether the peer wants our command line, if that is what it asked
/// for.
#[inline(always)]
pub(crate) fn serve(
    call: Call<'_>,
    catalog: &mut impl Catalog,
    reply: &mut Reply<'_>,
    wants_repl: &mut bool,
) -> bool {
    let number = position(&JOINED, call.name());
    let text = match number {
        ENABLE_REPL | DISABLE_REPL => {
            *wants_repl = number == ENABLE_REPL;
            None
        }
        // What was sent, as it was sent: whatever its sender takes it for, it gets back.
        ECHO => {
            match call.payload() {
                payload if position(NOTHING, payload) != NONE => {}
                // Python looks for a module to import in a literal that does not start with a parenthesis: to it these are
                // bytes. Such a literal is known by its format: no other one has an `r`.
                payload @ [4, b'r', _, _, _, first, ..] if *first != b'(' => {
                    reply.structure(RAW).put(payload);
                }
                payload => {
                    reply.structure(b"").put(payload);
                }
            }
            None
        }
        // A Python peer loses the value that it sends back here, for its return format is empty.
        RAW_ECHO => None,
        MODULE => {
            load(call, catalog, reply);
            None
        }
        GET_NUM_COMMANDS => {
            let count = NAMES.len().saturating_add(catalog.count()) as u32;
            reply.structure(b"\x01I").put(&count.to_le_bytes());
            None
        }
        GET_NTH_COMMAND => {
            let mut place = None;
            let arguments = call.arguments_in(&mut place, &VALUE);
            let number = arguments.take::<u16>();
            match (arguments.is_right(), number) {
                (true, Some(number)) => match command(number.into(), catalog) {
                    [] => {
                        reply.structure(NO_ARGUMENTS);
                        None
                    }
                    name => Some(name),
                },
                _ => {
                    reply.refuse(arguments);
                    None
                }
            }
        }
        GET_VERSION => Some(VERSION.as_bytes()),
        _ => return false,
    };
    if let Some(text) = text {
        reply.text(text);
    }
    true
}

/// Switches on the commands of a module, where there are any.
#[inline(always)]
fn load<C: Catalog>(call: Call<'_>, catalog: &mut C, reply: &mut Reply<'_>) {
    if C::HAS_MODULES {
        let mut place = None;
        let arguments = call.arguments_in(&mut place, &VALUE);
        arguments.must_begin_argument();
        match arguments.text_bytes() {
            Some(name) if catalog.load(name) => return,
            Some(_) => {}
            None => return reply.refuse(arguments),
        }
    }
    reply.no_module();
}

/// The name of a command, counted from the built-in ones on; empty if there is none.
#[inline(always)]
fn command(number: usize, catalog: &impl Catalog) -> &[u8] {
    match number.checked_sub(NAMES.len()) {
        None => nth(&JOINED, number),
        Some(number) => catalog.name(number),
    }
}

#[cfg(all(test, feature = "repr", feature = "alloc"))]
mod tests;
