#[serialtalk::interface]
trait Robot {
    #[command(name = "set\ncolor")]
    fn set_color(&mut self, hue: u16);
}

fn main() {}
