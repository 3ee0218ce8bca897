struct Robot;

#[serialtalk::interface]
impl Robot {
    fn read(&mut self) -> u8 {
        0
    }
}

fn main() {}
