//! One board implements two interfaces, and one endpoint serves both.

use serialtalk::Service;

#[serialtalk::interface(prefix = "arm.")]
pub trait Arm {
    fn stop(&mut self);
}

#[serialtalk::interface(prefix = "wheels.")]
pub trait Wheels {
    fn stop(&mut self);
    fn turn(&mut self, degrees: i16);
}

#[derive(Default)]
struct Board {
    turned: i16,
}

impl Arm for Board {
    fn stop(&mut self) {}
}

impl Wheels for Board {
    fn stop(&mut self) {
        self.turned = 0;
    }
    fn turn(&mut self, degrees: i16) {
        self.turned += degrees;
    }
}

fn served(_: impl Service) {}

fn main() {
    let (mut first, mut second) = (Board::default(), Board::default());
    served((ArmServer::new(&mut first), WheelsServer::new(&mut second)));
    assert_eq!(ARM_INTERFACE.commands[0].name, "arm.stop");
    assert_eq!(WHEELS_INTERFACE.commands[0].name, "wheels.stop");
}
