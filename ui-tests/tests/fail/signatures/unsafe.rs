#[serialtalk::interface]
trait Robot {
    unsafe fn read(&mut self) -> u8;
}

fn main() {}
