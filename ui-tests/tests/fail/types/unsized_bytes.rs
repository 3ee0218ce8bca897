#[serialtalk::interface]
trait Robot {
    fn send(&mut self, bytes: [u8]);
}

fn main() {}
