#[serialtalk::interface]
trait Robot {
    #[command(format = "<255s")]
    fn upload(&mut self, text: &str);
}

fn main() {}
