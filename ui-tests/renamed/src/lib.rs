//! An interface with every kind of command, where no crate is called `serialtalk`: generated code has only the path that
//! the options say.

#![allow(missing_docs, async_fn_in_trait)]

#[derive(wire::Value, Debug, Clone, Copy)]
#[value(crate = wire)]
pub struct Imu {
    pub x: f32,
    pub y: f32,
}

#[derive(wire::Value, Debug)]
#[value(crate = wire)]
#[repr(u8)]
pub enum Mode {
    Off,
    On,
}

#[derive(wire::Value, Debug)]
#[value(crate = wire)]
pub enum Fault {
    Moving { speed: u16 },
    Tilted(Mode),
}

#[derive(serde::Serialize, serde::Deserialize, Debug)]
pub struct Plan {
    pub steps: Vec<u8>,
}

#[wire::interface(crate = wire)]
pub trait Robot {
    fn imu(&mut self) -> Imu;
    fn mode(&mut self, mode: Mode) -> Result<Imu, Fault>;
    fn log(&mut self, text: &str) -> Option<String>;
    async fn home(&mut self) -> Result<(), u8>;
    #[command(oneway)]
    fn led(&mut self, hue: u16);
    #[command(raw)]
    fn upload(&mut self, block: &[u8]) -> Vec<u8>;
    #[command(repr)]
    fn plan(&mut self, plan: Plan) -> Plan;
    #[command(postcard, idempotent, timeout_ms = 10)]
    fn packed(&mut self, plan: Plan) -> Plan;
    #[command(format = ">hi", returns = "<d")]
    fn wide(&mut self, a: i8, b: i16) -> f32;
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_interface_is_described() {
        let formats: Vec<_> = super::ROBOT_INTERFACE.commands.iter().map(|command| command.format).collect();
        assert_eq!(formats, ["", "B", "repr", "", "H", "raw", "repr", "postcard", ">hi"]);
    }
}
