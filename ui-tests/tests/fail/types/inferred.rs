#[serialtalk::interface]
trait Robot {
    fn read(&mut self) -> _;
}

fn main() {}
