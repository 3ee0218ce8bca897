#[serialtalk::interface]
trait Robot {
    fn fill(&mut self, buffer: &mut [u8]);
}

fn main() {}
