#[serialtalk::interface]
trait Robot {
    fn read<T>(&mut self, number: T);
}

fn main() {}
