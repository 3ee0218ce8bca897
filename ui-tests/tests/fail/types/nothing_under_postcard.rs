pub struct Color(u8, u8, u8);

#[serialtalk::interface]
trait Robot {
    #[command(postcard)]
    fn color(&mut self) -> Color;
}

fn main() {}
