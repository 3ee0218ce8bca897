#[serialtalk::interface]
trait Robot {
    fn join(&mut self, other: &Self);
}

fn main() {}
