/// What the README's code for a board has around it.
#[allow(unused)]
mod board {
    use super::robot::{Imu, Robot};
    pub use serialtalk::SerialTalk;

    pub struct MyRobot;

    impl MyRobot {
        pub fn new() -> Self {
            Self
        }
    }

    impl Robot for MyRobot {
        fn mult(&mut self, a: f32, b: f32) -> f32 {
            a * b
        }

        fn imu(&mut self) -> Imu {
            Imu { x: 0.0, y: 0.1, z: 9.8 }
        }

        fn led(&mut self, _hue: u16) {}
    }

    pub fn uart() -> impl serialtalk::Link {
        serialtalk_hal::socket::pair().expect("a pair of sockets is made").0
    }

    pub fn millis() -> u32 {
        0
    }

    pub fn blink() {}
}
