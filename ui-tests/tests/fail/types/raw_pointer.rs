#[serialtalk::interface]
trait Robot {
    fn poke(&mut self, address: *mut u8);
}

fn main() {}
