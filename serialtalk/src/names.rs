//! Rules for names on the wire, at compile time.

use crate::builtin;
use crate::interface::CommandInfo;
use crate::message::Message;
use crate::service::{Catalog, Names};
use crate::texts::{NONE, join, joined_length, nth, position};

/// The names of an interface, at compile time. What is searched for a name that has come is all of them joined, and the
/// index where they are many.
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

    /// The length of the index.
    pub const fn index_length(&self) -> usize {
        if N > FEW { N } else { 0 }
    }

    /// Where each name stands when they are joined, in the order in which they are searched; nothing where they are few.
    pub const fn index<const LENGTH: usize>(&self) -> [Place; LENGTH] {
        let mut places = [Place { number: 0, offset: 0 }; LENGTH];
        let (mut at, mut offset) = (0, 0);
        while at < LENGTH {
            assert!(offset <= u16::MAX as usize, "the names of an interface have at most 65535 bytes");
            let mut to = at;
            while to > 0 && is_before(self.names[at], self.names[places[to - 1].number as usize]) {
                places[to] = places[to - 1];
                to -= 1;
            }
            places[to] = Place { number: at as u16, offset: offset as u16 };
            offset += 1 + self.names[at].len();
            at += 1;
        }
        places
    }
}

/// Up to so many names are looked through one after the other: that takes least flash, and hardly more time.
const FEW: usize = 32;

/// Where a name stands.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    number: u16,
    /// In the joined names.
    offset: u16,
}

/// The number of `name` among names that were joined: by halves where there is an index.
#[inline(always)]
pub fn find(names: &[u8], index: &[Place], name: &[u8]) -> Option<usize> {
    if index.is_empty() {
        let number = position(names, name);
        (number != NONE).then_some(number)
    } else {
        search(names, index, name)
    }
}

// Not for each interface anew.
#[inline(never)]
fn search(names: &[u8], index: &[Place], name: &[u8]) -> Option<usize> {
    let found = index.binary_search_by(|place| {
        let known = names.get(usize::from(place.offset)..).map_or(&[][..], |names| nth(names, 0));
        known.len().cmp(&name.len()).then_with(|| known.cmp(name))
    });
    found.ok().and_then(|at| index.get(at)).map(|place| place.number.into())
}

/// Whether a name stands before another in an index: shorter ones do, those of equal length by their bytes.
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

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::format;

    use super::*;

    #[test]
    fn a_name_is_found_among_few_and_among_many() {
        const NAMES: [&str; 40] = [
            "mult",
            "imu",
            "led",
            "",
            "z",
            "a",
            "0",
            "ab",
            "ba",
            "b",
            "set color",
            "imu2",
            "imu1",
            "~",
            "get",
            "put",
            "run",
            "go",
            "no",
            "on",
            "off",
            "stop",
            "start",
            "reset",
            "read",
            "write",
            "open",
            "close",
            "c28",
            "c29",
            "c30",
            "c31",
            "c32",
            "c33",
            "c34",
            "c35",
            "c36",
            "c37",
            "c38",
            "last",
        ];
        const MANY: NameTable<40> = NameTable { names: NAMES };
        static JOINED: [u8; MANY.joined_length()] = MANY.joined();
        static INDEX: [Place; MANY.index_length()] = MANY.index();
        assert_eq!(INDEX.len(), 40);
        for (number, name) in NAMES.iter().enumerate() {
            for index in [&INDEX[..], &[]] {
                assert_eq!(find(&JOINED, index, name.as_bytes()), Some(number), "{name}");
                let longer = format!("{name}!");
                assert_eq!(find(&JOINED, index, longer.as_bytes()), None, "{longer}");
            }
        }
        for other in ["mulu", "c3", "c39", "lasu", "b0", "\u{7f}"] {
            assert_eq!(find(&JOINED, &INDEX, other.as_bytes()), None, "{other}");
        }
    }
}
