#[serialtalk::interface]
unsafe trait Robot {
    fn read(&mut self) -> u8;
}

fn main() {}
