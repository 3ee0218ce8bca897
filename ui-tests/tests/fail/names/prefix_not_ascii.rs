#[serialtalk::interface(prefix = "µ")]
trait Robot {
    fn size(&mut self) -> u8;
    fn speed(&mut self) -> u8;
}

fn main() {}
