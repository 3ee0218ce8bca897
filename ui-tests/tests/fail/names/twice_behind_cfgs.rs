#[serialtalk::interface]
trait Robot {
    #[cfg(all())]
    fn read(&mut self) -> u8;
    #[cfg(not(any()))]
    #[command(name = "read")]
    fn fetch(&mut self) -> u8;
}

fn main() {}
