//! An alias for the services of an endpoint, for a struct that holds it.

#[serialtalk::interface]
pub trait Arm {
    fn grip(&mut self, force: u8);
}

#[serialtalk::interface(module = "host")]
pub trait Host {
    fn alarm(&mut self, text: &str);
}

pub struct MyArm;

impl Arm for MyArm {
    fn grip(&mut self, _: u8) {}
}

pub struct Alarms;

impl Host for Alarms {
    fn alarm(&mut self, _: &str) {}
}

serialtalk::services! {
    /// What the arm answers to.
    pub type ArmServices = ArmServer<MyArm>, HostServer<Alarms>;
}

serialtalk::services! { type Borrowed<'a> = ArmServer<&'a mut MyArm> }

fn served(_: impl serialtalk::Service) {}

fn main() {
    let services: ArmServices = (((), ArmServer::new(MyArm)), HostServer::new(Alarms));
    served(services);
    let mut arm = MyArm;
    let services: Borrowed<'_> = ((), ArmServer::new(&mut arm));
    served(services);
}
