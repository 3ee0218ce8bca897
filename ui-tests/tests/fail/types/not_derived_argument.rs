pub struct Color(u8, u8, u8);

#[serialtalk::interface]
trait Robot {
    fn show(&mut self, color: Color);
}

fn main() {}
