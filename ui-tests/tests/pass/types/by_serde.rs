//! Types that only serde knows, in commands that ask for it.

use core::time::Duration;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct Node {
    pub value: u8,
    pub next: Option<Box<Node>>,
    pub branches: Vec<Node>,
}

#[serialtalk::interface]
pub trait Robot {
    #[command(repr)]
    fn tree(&mut self, tree: Node) -> Node;
    #[command(repr)]
    fn wait(&mut self, time: std::time::Duration, text: Box<str>) -> std::collections::BTreeSet<u8>;
    #[command(postcard)]
    fn levels(&mut self, all: (u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8)) -> Box<[u16]>;
    #[command(format = "postcard", returns = "repr")]
    fn sets(&mut self, sets: BTreeSet<u8>, times: Vec<Duration>) -> Result<BTreeSet<u8>, core::time::Duration>;
}

fn main() {}
