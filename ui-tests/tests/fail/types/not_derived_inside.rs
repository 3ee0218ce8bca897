pub struct Color(u8, u8, u8);

#[serialtalk::interface]
trait Robot {
    fn colors(&mut self) -> Vec<Color>;
}

fn main() {}
