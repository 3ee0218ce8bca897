#[serialtalk::interface]
trait Robot {
    extern "C" fn read(&mut self) -> u8;
}

fn main() {}
