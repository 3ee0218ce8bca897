#[serialtalk::interface]
trait Robot {
    fn start(&mut self) -> std::io::Result<u8>;
}

fn main() {}
