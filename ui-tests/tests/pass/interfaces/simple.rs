#[serialtalk::interface]
pub trait Robot {
    fn mult(&mut self, a: f32, b: f32) -> f32;
}

fn main() {}
