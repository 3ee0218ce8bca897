//! Which commands cannot be served together, found at compile time.

use core::cmp::Ordering;

use super::builtin_names::BUILTIN_NAMES;
use super::interface::{CommandInfo, Interface};
use super::names::{NameTable, Names};
use super::service::CommandTable;
use crate::codec::shape::Message;
use crate::wire::const_str::{compare, is_same};
use crate::wire::frame::{Suffix, strip_reply_suffix};

impl<const N: usize> NameTable<N> {
    /// For each command of the interface of this table, another one from which it cannot be told apart: one before it with
    /// the same name, or the one to which it would be a reply.
    pub const fn clashes(&self, interface: &Interface) -> [Option<&'static CommandInfo>; N] {
        let (commands, sorted) = (interface.commands, self.sorted());
        let mut clashes = [None; N];
        let mut at = 0;
        while at < N {
            let this = sorted[at] as usize;
            if at + 1 < N && is_same(commands[this].name, commands[sorted[at + 1] as usize].name) {
                clashes[sorted[at + 1] as usize] = Some(&commands[this]);
            }
            if let Some(stem) = stem_of_reply(commands[this].name)
                && let Some(other) = find(commands, sorted, stem)
            {
                clashes[this] = Some(&commands[other as usize]);
            }
            at += 1;
        }
        clashes
    }
}

/// Fails to compile if commands of two interfaces in a tuple of services cannot be told apart.
#[track_caller]
pub const fn check_services<S: CommandTable>() {
    report(clash_inside(&S::NAMES));
}

/// Fails to compile if the commands called `b` cannot be served beside those called `a`.
#[track_caller]
pub(crate) const fn check_together(a: &Names, b: &Names) {
    report(clash_between(a, b));
}

#[track_caller]
const fn report(clash: Option<Message>) {
    if let Some(message) = clash {
        panic!("{}", message.as_str());
    }
}

/// The first clash between the parts of `names`.
const fn clash_inside(names: &Names) -> Option<Message> {
    let Names::Both(a, b) = names else { return None };
    match (clash_inside(a), clash_inside(b)) {
        (Some(clash), _) | (None, Some(clash)) => Some(clash),
        (None, None) => clash_between(a, b),
    }
}

/// The first clash between a command of `a` and one of `b`.
const fn clash_between(a: &Names, b: &Names) -> Option<Message> {
    match (a, b) {
        (Names::None, _) | (_, Names::None) => None,
        (Names::Both(first, second), _) => match clash_between(first, b) {
            None => clash_between(second, b),
            found => found,
        },
        (_, Names::Both(first, second)) => match clash_between(a, first) {
            None => clash_between(a, second),
            found => found,
        },
        (Names::Interface(a), Names::Interface(b)) => clash_of_interfaces(a, b),
    }
}

const fn clash_of_interfaces(a: &Interface, b: &Interface) -> Option<Message> {
    let mut at = 0;
    while at < b.commands.len() {
        let name = b.commands[at].name;
        let mut other = 0;
        while other < a.commands.len() {
            if collide(a.commands[other].name, name) {
                return Some(Message::of(&[
                    "two commands on this endpoint cannot be told apart: `",
                    a.commands[other].name,
                    "` of `",
                    a.name,
                    "` and `",
                    name,
                    "` of `",
                    b.name,
                    "`: give one another wire name, or its interface a prefix: #[serialtalk::interface(prefix = \"...\")]",
                ]));
            }
            other += 1;
        }
        at += 1;
    }
    None
}

/// What is wrong with a command that cannot be told apart from another.
pub(super) const fn describe_clash(command: &CommandInfo, other: &CommandInfo) -> Message {
    if is_same(command.name, other.name) {
        return Message::of(&[
            "methods `",
            other.method,
            "` and `",
            command.method,
            "` are both called `",
            command.name,
            "` on the wire: rename one, or give it another wire name: #[command(name = \"...\")]",
        ]);
    }
    let (_, suffix) = command.name.split_at(other.name.len());
    Message::of(&[
        "command `",
        command.name,
        "` collides with the reply name of command `",
        other.name,
        "` (\"",
        other.name,
        "\" + \"",
        suffix,
        "\"): rename one, or give it another wire name: #[command(name = \"...\")]",
    ])
}

/// The number of the command called `name`, by binary search.
const fn find(commands: &[CommandInfo], sorted: &[u16], name: &str) -> Option<u16> {
    let (mut low, mut high) = (0, sorted.len());
    while low < high {
        let middle = (low + high) / 2;
        match compare(commands[sorted[middle] as usize].name, name) {
            Ordering::Equal => return Some(sorted[middle]),
            Ordering::Less => low = middle + 1,
            Ordering::Greater => high = middle,
        }
    }
    None
}

/// The built-in command with which a command called `name` collides.
pub(super) const fn colliding_builtin(name: &str) -> Option<&'static str> {
    let mut at = 0;
    while at < BUILTIN_NAMES.len() {
        if collide(BUILTIN_NAMES[at], name) {
            return Some(BUILTIN_NAMES[at]);
        }
        at += 1;
    }
    None
}

/// Whether two commands cannot be told apart: their names are equal, or one is the name of a reply to the other.
const fn collide(a: &str, b: &str) -> bool {
    is_same(a, b) || is_reply_to(a, b) || is_reply_to(b, a)
}

const fn is_reply_to(reply: &str, command: &str) -> bool {
    // The lengths first: with hundreds of methods the rest takes the compiler a fifth of its time.
    if reply.len() != command.len() + Suffix::Ack.as_bytes().len() {
        return false;
    }
    match stem_of_reply(reply) {
        Some(stem) => is_same(stem, command),
        None => false,
    }
}

/// The name of the command to which a frame called `name` could be a reply.
const fn stem_of_reply(name: &str) -> Option<&str> {
    match strip_reply_suffix(name.as_bytes()) {
        Some(stem) => Some(name.split_at(stem.len()).0),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::boxed::Box;
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    use super::*;

    fn interface(names: &[&'static str]) -> &'static Interface {
        let commands: Vec<_> = names.iter().map(|name| CommandInfo::of_test(name)).collect();
        Box::leak(Interface::of_test(commands.leak()).into())
    }

    /// What is wrong with the commands of an interface.
    fn among<const N: usize>(names: [&'static str; N]) -> Vec<String> {
        let interface = interface(&names);
        let clashes = NameTable::<N>::new(interface).clashes(interface);
        let pairs = interface.commands.iter().zip(clashes);
        let clashing = pairs.filter_map(|(command, other)| Some(describe_clash(command, other?)));
        clashing.map(|message| message.as_str().to_string()).collect()
    }

    #[test]
    fn names_that_differ_do_not_clash() {
        assert!(among(["mult", "mul", "multi", "Mult", "ack", "err", "back", "xack"]).is_empty());
        assert!(among([]).is_empty());
    }

    #[test]
    fn the_later_of_two_equal_names_clashes() {
        let messages = among(["a", "mult", "b", "mult", "mult"]);
        assert_eq!(messages.len(), 2);
        for message in messages {
            assert!(
                message.starts_with("methods `mult` and `mult` are both called `mult` on the wire"),
                "{message}"
            );
        }
    }

    #[test]
    fn the_name_of_a_reply_clashes_with_its_command() {
        for (reply, suffix) in [("multack", "ack"), ("multerr", "err")] {
            let messages = among(["a", reply, "mult"]);
            let start =
                "command `multxxx` collides with the reply name of command `mult` (\"mult\" + \"xxx\")";
            assert_eq!(messages.len(), 1);
            assert!(messages[0].starts_with(&start.replace("xxx", suffix)), "{messages:?}");
        }
        assert_eq!(among(["ack", ""]).len(), 1);
    }

    #[test]
    fn built_in_commands_clash_with_their_names_and_their_replies() {
        for builtin in BUILTIN_NAMES {
            assert_eq!(colliding_builtin(builtin), Some(builtin));
            assert_eq!(colliding_builtin(&[builtin, "ack"].concat()), Some(builtin));
            assert_eq!(colliding_builtin(&[builtin, "err"].concat()), Some(builtin));
            assert_eq!(colliding_builtin(&[builtin, "2"].concat()), None);
        }
        assert_eq!(["modul", "ech", "", "ack"].map(colliding_builtin), [None; 4]);
    }

    #[test]
    fn services_clash_if_any_of_their_names_do() {
        let [first, second, third] = [["mult", "imu"], ["led", "multack"], ["go", "imu"]]
            .map(|names| Names::Interface(interface(&names)));
        let leaked = |names: &Names| -> &'static Names { Box::leak((*names).into()) };
        let between = |a: &Names, b: &Names| clash_between(a, b).map(|message| message.as_str().to_string());
        let clashes = |a: &Names, b: &Names, name: &str, other: &str| {
            let message = between(a, b).expect("a clash");
            let names = ["`", name, "` of `Test` and `", other, "` of `Test`"].concat();
            assert!(message.contains(&names), "{message}");
        };
        clashes(&first, &second, "mult", "multack");
        clashes(&second, &first, "multack", "mult");
        clashes(&first, &third, "imu", "imu");
        assert_eq!(between(&second, &third), None);
        let both = Names::Both(leaked(&second), leaked(&third));
        assert_eq!(between(&both, &Names::None), None);
        assert_eq!(between(&Names::None, &both), None);
        assert_eq!(between(&both, &Names::Interface(interface(&["stop"]))), None);
        clashes(&both, &first, "multack", "mult");
        clashes(&first, &Names::Both(leaked(&Names::None), leaked(&both)), "mult", "multack");
        assert!(clash_inside(&both).is_none());
        assert!(clash_inside(&Names::Both(leaked(&both), leaked(&first))).is_some());
        let inner = Names::Both(leaked(&first), leaked(&second));
        assert!(clash_inside(&Names::Both(leaked(&Names::None), leaked(&inner))).is_some());
    }
}
