#[serialtalk::interface]
trait Fits {
    fn write(&mut self, block: [u8; 239]);
    fn read(&mut self) -> [u8; 242];
    #[command(name = "r")]
    fn read_most(&mut self) -> [u8; 244];
}

#[serialtalk::interface]
trait Sends {
    fn write(&mut self, block: [u8; 240]);
}

#[serialtalk::interface]
trait Returns {
    fn read(&mut self) -> [u8; 243];
}

#[serialtalk::interface]
trait ReturnsMost {
    #[command(name = "r")]
    fn read_most(&mut self) -> [u8; 245];
}

fn main() {}
