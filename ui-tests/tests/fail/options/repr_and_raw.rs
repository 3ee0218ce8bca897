#[serialtalk::interface]
trait Robot {
    #[command(repr, raw)]
    fn send(&mut self, bytes: &[u8]);
}

fn main() {}
