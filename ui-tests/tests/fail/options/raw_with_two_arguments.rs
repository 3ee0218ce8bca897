#[serialtalk::interface]
trait Robot {
    #[command(raw)]
    fn send(&mut self, to: u8, bytes: &[u8]);
}

fn main() {}
