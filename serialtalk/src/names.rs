//! Rules for names on the wire, and how a name is found in a table.

use core::cmp::Ordering;

use crate::builtin;
use crate::interface::CommandInfo;
use crate::message::Message;
use crate::service::{Catalog, Names};

/// A table of names that is searched by halves.
///
/// Built at compile time: the order in which to search is worked out there, so that a name is found in a number of steps
/// that grows with the logarithm of their number.
#[derive(Debug)]
pub struct NameTable<const N: usize> {
    names: [&'static str; N],
    /// Numbers of the names, shorter names first, those of equal length by their bytes.
    order: [u16; N],
}

impl<const N: usize> NameTable<N> {
    /// A table of these names.
    pub const fn new(names: [&'static str; N]) -> Self {
        let mut order = [0; N];
        let mut at = 0;
        while at < N {
            let mut place = at;
            while place > 0 && is_before(names[at], names[order[place - 1] as usize]) {
                order[place] = order[place - 1];
                place -= 1;
            }
            order[place] = at as u16;
            at += 1;
        }
        Self { names, order }
    }

    /// The table of the commands of an interface.
    pub const fn of(commands: &[CommandInfo]) -> Self {
        let mut names = [""; N];
        let mut at = 0;
        while at < N && at < commands.len() {
            names[at] = commands[at].name;
            at += 1;
        }
        Self::new(names)
    }

    /// The number of a name that is in the table, at compile time.
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

    /// The number of `name`.
    pub fn find(&self, name: &[u8]) -> Option<usize> {
        find(&self.names, &self.order, name)
    }
}

// Not for each length of a table anew.
#[inline(never)]
fn find(names: &[&str], order: &[u16], name: &[u8]) -> Option<usize> {
    let (mut low, mut high) = (0, order.len());
    while low < high {
        let middle = (low + high) / 2;
        let number = usize::from(*order.get(middle)?);
        let candidate = names.get(number)?.as_bytes();
        let comparison = match candidate.len().cmp(&name.len()) {
            Ordering::Equal => candidate.cmp(name),
            unequal => unequal,
        };
        match comparison {
            Ordering::Equal => return Some(number),
            Ordering::Less => low = middle + 1,
            Ordering::Greater => high = middle,
        }
    }
    None
}

const fn is_before(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return a.len() < b.len();
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return a[at] < b[at];
        }
        at += 1;
    }
    false
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
    a.len() == b.len() && !is_before(a, b) && !is_before(b, a)
}

/// Whether `reply` is `command` with `ack` or `err` behind it.
const fn is_reply_to(reply: &str, command: &str) -> bool {
    let (reply, command) = (reply.as_bytes(), command.as_bytes());
    if reply.len() != command.len() + 3 {
        return false;
    }
    let (stem, suffix) = reply.split_at(command.len());
    let mut at = 0;
    while at < stem.len() {
        if stem[at] != command[at] {
            return false;
        }
        at += 1;
    }
    matches!(suffix, b"ack" | b"err")
}
