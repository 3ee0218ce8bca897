//! An error type needs no `Debug`.

#[derive(serialtalk::Value)]
pub struct Fault(u8);

#[derive(serde::Serialize, serde::Deserialize)]
pub struct Cause(u8);

#[serialtalk::interface]
trait Robot {
    fn start(&mut self) -> Result<u8, Fault>;
    #[command(repr)]
    fn stop(&mut self) -> Result<u8, Cause>;
}

fn main() {}
