//! Serves on a Pico, as one task among others.
#![no_std]
#![no_main]

mod board;
mod onboard;
mod robot;

use board::Uart;
use embassy_executor::Spawner;
use embassy_time::{Instant, Timer};
use onboard::OnboardRobot;
use panic_halt as _;
use serialtalk::asynch::SerialTalk;

use robot::RobotServer;

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    let uart = board::start();
    spawner.spawn(talk(uart).unwrap());
}

#[embassy_executor::task]
async fn talk(uart: Uart) -> ! {
    let clock = (|| Instant::now().as_millis() as u32, |ms: u32| Timer::after_millis(ms.into()));
    let server = RobotServer::new(OnboardRobot::default());
    let mut talk = SerialTalk::new(uart, clock).serve(server);
    loop {
        // An overrun costs one frame; the next one is answered.
        talk.process().await.ok();
    }
}
