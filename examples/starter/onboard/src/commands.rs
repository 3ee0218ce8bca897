use robot::Robot;

/// A board without sensors, whose lamp is a number: replace what its commands do.
#[derive(Debug, Default)]
pub struct OnboardRobot {
    rgb: [u8; 3],
}

impl Robot for OnboardRobot {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }

    fn imu(&mut self) -> robot::Imu {
        robot::Imu { x: f32::from(self.rgb[0]), y: 0.1, z: 9.8 }
    }

    fn set_color(&mut self, rgb: [u8; 3]) {
        self.rgb = rgb;
    }
}
