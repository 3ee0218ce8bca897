#[serialtalk::interface]
trait Robot {
    #[command(raw)]
    fn send(&mut self, number: u32);
}

fn main() {}
