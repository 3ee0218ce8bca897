#[derive(Debug)]
pub struct Fault;

#[serialtalk::interface]
trait Robot {
    fn start(&mut self) -> Result<u8, Fault>;
}

fn main() {}
