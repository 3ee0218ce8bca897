#[derive(serialtalk::Value)]
pub struct Imu {
    x: f32,
    y: f32,
    z: f32,
}

#[serialtalk::interface]
trait Robot {
    #[command(returns = "2f")]
    fn imu(&mut self) -> Imu;
}

fn main() {}
