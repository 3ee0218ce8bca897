#[serialtalk::interface]
trait Robot {
    fn upload(&mut self, block: [u8; 300]);
}

fn main() {}
