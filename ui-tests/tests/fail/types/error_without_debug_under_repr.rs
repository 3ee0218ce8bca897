#[derive(serde::Serialize, serde::Deserialize)]
pub struct Fault(u8);

#[serialtalk::interface]
trait Robot {
    #[command(repr)]
    fn start(&mut self) -> Result<u8, Fault>;
}

fn main() {}
