#[serialtalk::interface]
trait Sensor {
    fn read(&mut self) -> f32;
}

#[serialtalk::interface]
trait Robot {
    fn read(&mut self) -> u8;
}

struct Board;

impl Sensor for Board {
    fn read(&mut self) -> f32 {
        0.0
    }
}

impl Robot for Board {
    fn read(&mut self) -> u8 {
        0
    }
}

serialtalk::services! {
    type Services = SensorServer<Board>, RobotServer<Board>;
}

fn main() {}
