#[serialtalk::interface]
trait Robot {
    fn write(&mut self, a: [f64; 16], b: [f64; 16]);
}

fn main() {}
