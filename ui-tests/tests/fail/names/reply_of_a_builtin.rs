#[serialtalk::interface]
trait Robot {
    fn echoack(&mut self, text: &str);
}

fn main() {}
