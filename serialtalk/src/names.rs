//! Rules for names on the wire, at compile time.

use crate::builtin;
use crate::interface::CommandInfo;
use crate::message::Message;
use crate::service::{Catalog, Names};
use crate::texts::{join, joined_length};

/// The names of an interface, at compile time. What is searched for a name that has come is all of them joined.
#[derive(Debug)]
pub struct NameTable<const N: usize> {
    names: [&'static str; N],
}

impl<const N: usize> NameTable<N> {
    /// The table of the commands of an interface.
    pub const fn of(commands: &[CommandInfo]) -> Self {
        let mut names = [""; N];
        let mut at = 0;
        while at < N && at < commands.len() {
            names[at] = commands[at].name;
            at += 1;
        }
        Self { names }
    }

    /// The number of a name that is in the table.
    pub const fn number(&self, name: &str) -> usize {
        let mut at = 0;
        while !is_same(self.names[at], name) {
            at += 1;
        }
        at
    }

    /// The names in the order in which they were given.
    pub const fn names(&self) -> &[&'static str] {
        &self.names
    }

    /// The length of the names when they are joined.
    pub const fn joined_length(&self) -> usize {
        joined_length(&self.names)
    }

    /// The names as one text.
    pub const fn joined<const LENGTH: usize>(&self) -> [u8; LENGTH] {
        join(&self.names)
    }
}

/// Fails to compile if `B` cannot be served beside `A`.
pub(crate) const fn check<A: Catalog, B: Catalog>() {
    if let Some(name) = clash(&A::NAMES, &B::NAMES) {
        panic!("{}", Message::of(&["two commands on this endpoint cannot be told apart: ", name]).as_str());
    }
}

/// The first name of `b` that cannot be served beside those of `a`: equal to one, or to the name of its reply, or the
/// other way round.
const fn clash(a: &Names, b: &Names) -> Option<&'static str> {
    match (a, b) {
        (Names::Both(first, second), _) => match clash(first, b) {
            None => clash(second, b),
            found => found,
        },
        (_, Names::Both(first, second)) => match clash(a, first) {
            None => clash(a, second),
            found => found,
        },
        (Names::List(a), Names::List(b)) => {
            let mut at = 0;
            while at < b.len() {
                let mut other = 0;
                while other < a.len() {
                    if collide(a[other], b[at]) {
                        return Some(b[at]);
                    }
                    other += 1;
                }
                at += 1;
            }
            None
        }
    }
}

/// What is wrong with the names of an interface: one cannot be told apart from another, or from a built-in command.
pub const fn clash_among(commands: &[CommandInfo]) -> Option<Message> {
    let mut at = 0;
    while at < commands.len() {
        let this = &commands[at];
        let mut other = 0;
        while other < builtin::NAMES.len() {
            let builtin = builtin::NAMES[other];
            if collide(builtin, this.name) {
                return Some(Message::of(&[
                    "method `",
                    this.method,
                    "`, called `",
                    this.name,
                    "` on the wire, cannot be told apart from the command `",
                    builtin,
                    "`, which every peer has",
                ]));
            }
            other += 1;
        }
        other = 0;
        while other < at {
            let before = &commands[other];
            if collide(before.name, this.name) {
                return Some(Message::of(&[
                    "methods `",
                    before.method,
                    "` and `",
                    this.method,
                    "`, called `",
                    before.name,
                    "` and `",
                    this.name,
                    "` on the wire, cannot be told apart",
                ]));
            }
            other += 1;
        }
        at += 1;
    }
    None
}

/// Whether two commands cannot be told apart: they are equal, or one is the name of a reply to the other.
const fn collide(a: &str, b: &str) -> bool {
    is_same(a, b) || is_reply_to(a, b) || is_reply_to(b, a)
}

pub(crate) const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    a.len() == b.len() && begins_with(a, b)
}

/// Whether `text`, which is no shorter, has `start` at its start.
const fn begins_with(text: &[u8], start: &[u8]) -> bool {
    let mut at = 0;
    while at < start.len() {
        if text[at] != start[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether `reply` is `command` with `ack` or `err` behind it.
const fn is_reply_to(reply: &str, command: &str) -> bool {
    let (reply, command) = (reply.as_bytes(), command.as_bytes());
    if reply.len() != command.len() + 3 {
        return false;
    }
    let (stem, suffix) = reply.split_at(command.len());
    begins_with(stem, command) && matches!(suffix, b"ack" | b"err")
}
