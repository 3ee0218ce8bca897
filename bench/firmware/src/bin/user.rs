//! The firmware that a user writes: the trait `Robot` of `examples/robot`, served whole.
#![no_std]
#![no_main]

use core::hint::black_box;

use cortex_m_rt::entry;
use heapless::{String, Vec};
use serialtalk::heapless;
use sized_firmware::serving::{Talk, serve, talk};

#[serialtalk::interface(contract = false)]
pub trait Robot {
    fn mult(&mut self, a: f32, b: f32) -> f32;

    fn imu(&mut self) -> Imu;

    fn led(&mut self, hue: u16);

    fn name(&mut self) -> String<16>;

    #[command(name = "set color", repr)]
    fn set_color(&mut self, rgb: Vec<u8, 3>);

    fn echo64(&mut self, bytes: [u8; 64]) -> [u8; 64];

    #[command(idempotent, timeout_ms = 5000)]
    fn calibrate(&mut self) -> Result<Imu, CalibrationError>;

    #[command(oneway)]
    fn show(&mut self, text: &str);
}

#[derive(serialtalk::Value, Debug)]
pub struct Imu {
    x: f32,
    y: f32,
    z: f32,
}

#[derive(serialtalk::Value, Debug)]
pub enum CalibrationError {
    Moving { speed: u16 },
    Tilted,
}

struct MyRobot {
    hue: u16,
}

impl Robot for MyRobot {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }

    fn imu(&mut self) -> Imu {
        Imu { x: 0.0, y: 0.1, z: f32::from(self.hue) }
    }

    fn led(&mut self, hue: u16) {
        self.hue = hue;
    }

    fn name(&mut self) -> String<16> {
        String::try_from("R2").unwrap_or_default()
    }

    fn set_color(&mut self, rgb: Vec<u8, 3>) {
        black_box(rgb);
    }

    fn echo64(&mut self, bytes: [u8; 64]) -> [u8; 64] {
        bytes
    }

    fn calibrate(&mut self) -> Result<Imu, CalibrationError> {
        match self.hue {
            0..90 => Ok(self.imu()),
            90..180 => Err(CalibrationError::Tilted),
            speed => Err(CalibrationError::Moving { speed }),
        }
    }

    fn show(&mut self, text: &str) {
        black_box(text);
    }
}

#[entry]
fn main() -> ! {
    static mut TALK: Talk<RobotServer<MyRobot>> = talk(RobotServer::new(MyRobot { hue: 0 }));
    serve(TALK)
}
