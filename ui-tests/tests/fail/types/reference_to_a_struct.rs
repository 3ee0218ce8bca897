#[derive(serialtalk::Value)]
pub struct Point {
    x: f32,
    y: f32,
}

#[serialtalk::interface]
trait Robot {
    fn place(&mut self, at: &Point);
}

fn main() {}
