#[serialtalk::interface]
trait Robot {
    fn finish(&mut self, outcome: Result<u8, u8>);
}

fn main() {}
