#[serialtalk::interface]
trait Robot {
    fn bytes(&self) -> &[u8];
}

fn main() {}
