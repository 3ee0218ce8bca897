#[serialtalk::interface]
trait Robot {
    #[command(name "log")]
    fn write(&mut self, text: &str);
}

fn main() {}
