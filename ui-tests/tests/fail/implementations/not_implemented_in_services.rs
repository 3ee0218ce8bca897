#[serialtalk::interface]
trait Robot {
    fn read(&mut self) -> u8;
}

struct Board;

serialtalk::services! {
    type Services = RobotServer<Board>;
}

fn main() {}
