// Every kind of value and of command.

#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
pub struct Imu {
    pub x: f32,
    pub y: f32,
}

#[derive(serialtalk::Value, Debug)]
pub struct Meters(pub f32);

#[derive(serialtalk::Value, Debug)]
#[repr(u8)]
pub enum Mode {
    Idle,
    Run,
}

#[derive(serialtalk::Value, Debug)]
pub enum Fault {
    Moving { speed: u16 },
    At(f32, f32),
    Tilted,
}

#[derive(serialtalk::Value, Debug)]
pub struct Named<'a, T> {
    pub name: &'a str,
    pub inner: T,
}

#[derive(serde::Serialize, serde::Deserialize, Debug)]
pub struct Plan {
    pub steps: Vec<u8>,
}

#[serialtalk::interface(prefix = "arm.", module = "arm")]
pub trait Robot {
    fn mult(&mut self, a: f32, b: f32) -> f32;
    fn imu(&self) -> Imu;
    fn mode(&mut self, mode: Mode) -> Result<Meters, Fault>;
    fn log(&mut self, text: &str, name: Named<'_, u8>) -> Option<String>;
    #[command(oneway)]
    fn led(&mut self, value: u16);
    #[command(raw)]
    fn upload(&mut self, payload: &[u8]) -> Vec<u8>;
    #[command(repr)]
    fn plan(&mut self, call: Plan) -> Result<Plan, Plan>;
    #[command(postcard)]
    fn packed(&mut self, reply: Plan) -> Plan;
    #[command(format = ">hi", returns = "<d")]
    fn wide(&mut self, number: i8, result: i16) -> f32;
}

#[serialtalk::interface]
pub trait Slow {
    async fn home(&mut self, speed: u8) -> Result<(), u8>;
    async fn rest(&mut self) -> Imu;
}

#[serialtalk::interface]
pub trait Lamp {
    fn light(&mut self, caller: bool);
}

pub struct Board;

impl Lamp for Board {
    fn light(&mut self, _: bool) {}
}

serialtalk::services! {
    pub type Services = LampServer<Board>;
}
