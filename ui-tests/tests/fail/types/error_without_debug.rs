#[derive(serialtalk::Value)]
pub struct Fault(u8);

#[serialtalk::interface]
trait Robot {
    fn start(&mut self) -> Result<u8, Fault>;
}

fn main() {}
