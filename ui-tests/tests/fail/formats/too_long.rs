#[serialtalk::interface]
trait Robot {
    #[command(format = "300s")]
    fn upload(&mut self, block: [u8; 300]);
    #[command(format = "<300s")]
    fn write(&mut self, block: [u8; 300]);
    #[command(format = "250s")]
    fn append(&mut self, block: [u8; 250]);
}

fn main() {}
