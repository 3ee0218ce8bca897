#[serialtalk::interface(prefix = "arm."foo, module = "arm"foo)]
trait Robot {
    #[command(name = "set color"foo, format = "B"foo, returns = "B"foo)]
    fn set_color(&mut self, hue: u8) -> u8;
}

fn main() {}
