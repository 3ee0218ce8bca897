//! With and without an allocator.

use std::collections::BTreeMap;

#[serialtalk::interface]
pub trait Robot {
    fn numbers(&mut self, numbers: Vec<i32>) -> heapless::Vec<f32, 8>;
    fn text(&mut self, text: String, short: heapless::String<8>) -> Option<String>;
    fn map(&mut self, map: BTreeMap<String, u8>) -> BTreeMap<u8, Vec<bool>>;
    fn nested(&mut self, all: Option<Vec<(u8, Option<char>)>>) -> [Option<u8>; 2];
    fn wide(&mut self, n: u64, m: i128) -> f64;
}

fn main() {
    for command in ROBOT_INTERFACE.commands {
        assert_eq!(command.format, "repr", "{}", command.name);
    }
}
