//! One more command by Python literals that hold floats, and one whose error holds a float.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use heapless::Vec;
use serialtalk::heapless;
use sized_firmware::robot::{MyRobot, RobotServer};
use sized_firmware::serving::{Talk, serve, talk};

#[serialtalk::interface(contract = false)]
trait Further {
    #[command(repr)]
    fn scale(&mut self, factor: f32, values: Vec<f32, 8>) -> Vec<f32, 8>;
    fn calibrate(&mut self) -> Result<f32, CalibrationError>;
}

#[derive(serialtalk::Value, Debug)]
enum CalibrationError {
    Moving { speed: f32 },
    Tilted,
}

struct More {
    calls: u8,
}

impl Further for More {
    fn scale(&mut self, factor: f32, mut values: Vec<f32, 8>) -> Vec<f32, 8> {
        for value in &mut values {
            *value *= factor;
        }
        values
    }

    fn calibrate(&mut self) -> Result<f32, CalibrationError> {
        self.calls = self.calls.wrapping_add(1);
        match self.calls {
            1 => Err(CalibrationError::Moving { speed: 0.3 }),
            2 => Err(CalibrationError::Tilted),
            _ => Ok(9.81),
        }
    }
}

#[entry]
fn main() -> ! {
    static mut TALK: Talk<(RobotServer<MyRobot>, FurtherServer<More>)> =
        talk((RobotServer::new(MyRobot::new()), FurtherServer::new(More { calls: 0 })));
    serve(TALK)
}
