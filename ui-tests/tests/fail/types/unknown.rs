#[serialtalk::interface]
trait Robot {
    fn read(&mut self) -> Imu;
}

fn main() {}
