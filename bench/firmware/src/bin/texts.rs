//! Four more commands by Python literals: floats, text, lists, an error with a value.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use heapless::{String, Vec};
use serialtalk::heapless;
use sized_firmware::robot::{MyRobot, RobotServer};
use sized_firmware::serving::{Talk, serve, talk};

#[serialtalk::interface(contract = false)]
trait Further {
    #[command(repr)]
    fn scale(&mut self, factor: f32, values: Vec<f32, 8>) -> Vec<f32, 8>;
    fn name(&mut self) -> String<16>;
    #[command(name = "set color", repr)]
    fn set_color(&mut self, rgb: Vec<u8, 3>);
    fn calibrate(&mut self, text: &str) -> Result<f32, CalibrationError>;
}

#[derive(serialtalk::Value, Debug)]
enum CalibrationError {
    Moving { speed: u16 },
    Tilted,
}

struct More;

impl Further for More {
    fn scale(&mut self, factor: f32, mut values: Vec<f32, 8>) -> Vec<f32, 8> {
        for value in &mut values {
            *value *= factor;
        }
        values
    }

    fn name(&mut self) -> String<16> {
        String::try_from("R2").unwrap_or_default()
    }

    fn set_color(&mut self, rgb: Vec<u8, 3>) {
        core::hint::black_box(rgb);
    }

    fn calibrate(&mut self, text: &str) -> Result<f32, CalibrationError> {
        match text.len() {
            0 => Err(CalibrationError::Tilted),
            1 => Ok(9.81),
            _ => Err(CalibrationError::Moving { speed: 3 }),
        }
    }
}

#[entry]
fn main() -> ! {
    static mut TALK: Talk<(RobotServer<MyRobot>, FurtherServer<More>)> =
        talk((RobotServer::new(MyRobot::new()), FurtherServer::new(More)));
    serve(TALK)
}
