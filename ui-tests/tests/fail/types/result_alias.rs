pub type Result<T> = core::result::Result<T, u8>;

#[serialtalk::interface]
trait Robot {
    fn start(&mut self) -> Result<u8>;
}

fn main() {}
