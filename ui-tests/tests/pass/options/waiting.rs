//! Timeouts, one-way commands and idempotent commands.

use serialtalk::Timeout;

#[serialtalk::interface]
pub trait Robot {
    #[command(oneway)]
    fn log(&mut self, text: &str);
    #[command(idempotent, timeout_ms = 5_000)]
    fn calibrate(&mut self) -> u8;
    #[command(timeout_ms = never)]
    fn wait(&mut self) -> u8;
    #[command(idempotent)]
    #[command(name = "how far")]
    fn distance(&self) -> u16;
}

fn main() {
    let [log, calibrate, wait, distance] = ROBOT_INTERFACE.commands else { panic!() };
    assert!(log.oneway && !log.idempotent);
    assert_eq!((calibrate.idempotent, calibrate.timeout), (true, Some(Timeout::Ms(5000))));
    assert_eq!((wait.idempotent, wait.timeout), (false, Some(Timeout::Never)));
    assert_eq!((distance.idempotent, distance.timeout, distance.name), (true, None, "how far"));
}
