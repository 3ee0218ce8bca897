#[serialtalk::interface]
trait Robot {
    fn read(&mut self, n: &u32);
}

fn main() {}
