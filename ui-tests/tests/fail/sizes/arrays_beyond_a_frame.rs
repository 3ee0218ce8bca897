//! Arrays of arrays are not walked through: however many elements they have, the compiler says at once that no frame does.

use serialtalk::Value;

#[derive(Value)]
pub struct Cube(pub [[[[u16; 255]; 255]; 255]; 255]);

#[serialtalk::interface]
pub trait Robot {
    fn nested(&mut self) -> [[[[u16; 255]; 255]; 255]; 255];
    fn cube(&mut self) -> Cube;
    fn given(&mut self, cube: Cube);
}

fn main() {}
