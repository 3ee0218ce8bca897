#[serialtalk::interface]
trait Robot {
    fn start(&mut self) -> Result<(), &'static str>;
}

fn main() {}
