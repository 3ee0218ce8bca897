//! A literal cannot tell `Some(None)` from `None`, wherever the option is.

use serialtalk::Value;

#[derive(Value)]
pub struct Volts(pub Option<u8>);

#[derive(Value)]
pub enum Fault {
    Hot { limits: [Option<Option<f32>>; 2] },
}

#[serialtalk::interface]
pub trait Robot {
    fn limit(&mut self, volts: Option<Option<u8>>);
    fn volts(&mut self) -> Option<Volts>;
    fn cells(&mut self) -> Vec<Option<Box<Option<u8>>>>;
    fn check(&mut self) -> Result<(), Fault>;
    fn in_a_tuple(&mut self) -> Option<(Option<u8>, u8)>;
    #[command(postcard)]
    fn between_rust_peers(&mut self) -> Option<Option<u8>>;
}

fn main() {}
