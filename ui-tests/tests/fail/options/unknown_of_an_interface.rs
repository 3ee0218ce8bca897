#[serialtalk::interface(modul = "arm")]
trait Robot {
    fn read(&mut self) -> u8;
}

fn main() {}
