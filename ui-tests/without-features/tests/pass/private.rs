#![forbid(dead_code, unused)]

#[serialtalk::interface]
trait Robot {
    fn read(&mut self) -> u8;
}

struct Board;

impl Robot for Board {
    fn read(&mut self) -> u8 {
        7
    }
}

fn main() {
    assert_eq!(RobotServer::new(Board).inner_mut().read(), 7);
}
