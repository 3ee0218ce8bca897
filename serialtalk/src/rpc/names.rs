//! The names of commands: how they are found, and which of them cannot be served together.

use core::cmp::Ordering;

use super::interface::{CommandInfo, Interface};
use crate::codec::expected::Expected;
use crate::wire::const_str::compare;

/// The names of an interface, sorted at compile time.
#[derive(Debug)]
pub struct NameTable<const N: usize> {
    names: [&'static str; N],
    /// The numbers of the commands in the order of their names.
    sorted: [u16; N],
}

impl<const N: usize> NameTable<N> {
    /// The table of an interface of `N` commands.
    pub const fn new(interface: &Interface) -> Self {
        let mut names = [""; N];
        let mut at = 0;
        while at < N {
            names[at] = interface.commands[at].name;
            at += 1;
        }
        Self { names, sorted: sorted(interface.commands) }
    }

    /// The numbers of the commands in the order of their names.
    pub(super) const fn sorted(&self) -> &[u16; N] {
        &self.sorted
    }

    /// The name of the command with this number.
    pub fn name(&self, number: usize) -> Option<&'static str> {
        self.names.get(number).copied()
    }

    /// The number of the command called `name`.
    pub fn find(&self, name: &[u8]) -> Option<usize> {
        let known = |number: &u16| self.name(usize::from(*number)).unwrap_or_default().as_bytes().cmp(name);
        let at = self.sorted.binary_search_by(known).ok()?;
        self.sorted.get(at).map(|number| usize::from(*number))
    }
}

/// The hashes of the signatures of an interface of `N` commands.
pub const fn hashes<const N: usize>(interface: &Interface) -> [u32; N] {
    let mut hashes = [0; N];
    let mut at = 0;
    while at < N {
        hashes[at] = interface.commands[at].hash;
        at += 1;
    }
    hashes
}

/// The number of the command with this hash.
pub fn find_hash(hashes: &[u32], hash: u32) -> Option<usize> {
    hashes.iter().position(|known| *known == hash)
}

/// What the arguments of the command with this number are expected to be.
pub fn arguments_of(expected: &[&'static Expected], number: usize) -> Option<&'static Expected> {
    expected.get(number).copied()
}

/// Names known at compile time: those of one interface, or of two services.
#[derive(Debug, Clone, Copy)]
pub enum Names {
    /// The names of the commands of an interface.
    Interface(&'static Interface),
    /// The names of two services.
    Both(&'static Names, &'static Names),
    /// No names.
    None,
}

/// The numbers of commands in the order of their names.
const fn sorted<const N: usize>(commands: &[CommandInfo]) -> [u16; N] {
    assert!(N <= u16::MAX as usize, "an interface has at most 65535 commands");
    let mut numbers = [0; N];
    let mut at = 0;
    while at < N {
        numbers[at] = at as u16;
        at += 1;
    }
    sort(&mut numbers, commands);
    numbers
}

/// Sorts numbers of commands by their names, as a heap.
const fn sort(numbers: &mut [u16], commands: &[CommandInfo]) {
    let len = numbers.len();
    let mut root = len / 2;
    while root > 0 {
        root -= 1;
        sift_down(numbers, root, len, commands);
    }
    let mut end = len;
    while end > 1 {
        end -= 1;
        let largest = numbers[0];
        numbers[0] = numbers[end];
        numbers[end] = largest;
        sift_down(numbers, 0, end, commands);
    }
}

const fn sift_down(numbers: &mut [u16], mut root: usize, end: usize, commands: &[CommandInfo]) {
    loop {
        let mut child = 2 * root + 1;
        if child >= end {
            return;
        }
        if child + 1 < end && is_before(numbers[child], numbers[child + 1], commands) {
            child += 1;
        }
        if !is_before(numbers[root], numbers[child], commands) {
            return;
        }
        let moved = numbers[root];
        numbers[root] = numbers[child];
        numbers[child] = moved;
        root = child;
    }
}

/// Commands with the same name, which is a mistake, are in the order of their numbers.
const fn is_before(a: u16, b: u16, commands: &[CommandInfo]) -> bool {
    match compare(commands[a as usize].name, commands[b as usize].name) {
        Ordering::Less => true,
        Ordering::Equal => a < b,
        Ordering::Greater => false,
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::format;
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn every_name_is_found_and_only_those() {
        let names = [
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
        let commands: Vec<_> = names.into_iter().map(CommandInfo::of_test).collect();
        let interface = Interface::of_test(commands.leak());
        let table = NameTable::<40>::new(&interface);
        for (number, name) in names.iter().enumerate() {
            assert_eq!(table.find(name.as_bytes()), Some(number), "{name}");
            assert_eq!(table.name(number), Some(*name));
            let longer = format!("{name}!");
            assert_eq!(table.find(longer.as_bytes()), None, "{longer}");
        }
        for other in ["mulu", "c3", "c39", "lasu", "b0", "\u{7f}", "Mult"] {
            assert_eq!(table.find(other.as_bytes()), None, "{other}");
        }
        assert_eq!(table.find(b"\xff"), None);
        assert_eq!(table.name(40), None);
    }

    #[test]
    fn tables_of_any_size_are_sorted() {
        fn check<const N: usize>() {
            // In an order that is neither ascending nor descending.
            let names: Vec<_> = (0..N).map(|number| format!("c{:03}", number * 7 % 101)).collect();
            let commands: Vec<_> =
                names.iter().map(|name| CommandInfo::of_test(name.clone().leak())).collect();
            let table = NameTable::<N>::new(&Interface::of_test(commands.leak()));
            for (number, name) in names.iter().enumerate() {
                assert_eq!(table.find(name.as_bytes()), Some(number));
            }
        }
        check::<0>();
        check::<1>();
        check::<2>();
        check::<3>();
        check::<4>();
        check::<100>();
    }

    #[test]
    fn commands_are_found_by_their_hashes() {
        let mut commands: Vec<_> = ["a", "b", "c"].into_iter().map(CommandInfo::of_test).collect();
        (commands[0].hash, commands[1].hash, commands[2].hash) = (7, 0, u32::MAX);
        let hashes = hashes::<3>(&Interface::of_test(commands.leak()));
        assert_eq!(
            [7, 0, u32::MAX, 1].map(|hash| find_hash(&hashes, hash)),
            [Some(0), Some(1), Some(2), None]
        );
    }
}
