#[serialtalk::interface(module = "")]
trait Robot {
    fn size(&mut self) -> u8;
}

fn main() {}
