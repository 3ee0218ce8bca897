//! What clippy advises against, and an interface cannot do otherwise. Clippy looks at this file as a target of its own.
#![deny(warnings, clippy::all, clippy::nursery)]
#![allow(missing_docs, reason = "the code is as short as it can be")]

#[serialtalk::interface]
pub trait Robot {
    fn many(&mut self, first: u8, second: u8, third: u8, fourth: u8, fifth: u8, sixth: u8, seventh: u8);
    /// More of them.
    #[expect(clippy::too_many_arguments)]
    fn more(&mut self, first: u8, second: u8, third: u8, fourth: u8, fifth: u8, sixth: u8, seventh: u8);
    async fn wait(&self) -> u8;
    async fn walk(&mut self, speed: &str) -> Result<u8, u8>;
}

fn main() {}
