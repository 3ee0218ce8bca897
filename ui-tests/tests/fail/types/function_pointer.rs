#[serialtalk::interface]
trait Robot {
    fn every(&mut self, then: fn(u8));
}

fn main() {}
