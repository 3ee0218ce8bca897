pub struct Color(u8, u8, u8);

#[serialtalk::interface]
trait Robot {
    #[command(repr)]
    fn color(&mut self) -> Color;
}

fn main() {}
