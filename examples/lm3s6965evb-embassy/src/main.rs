//! A robot on the first UART, served by one task, while others blink and draw on its display.
#![no_std]
#![no_main]

mod board;

use board::Uart;
use embassy_executor::Spawner;
use embassy_futures::select::{Either, select};
use embassy_sync::blocking_mutex::raw::CriticalSectionRawMutex;
use embassy_sync::channel::Channel;
use embassy_time::{Duration, Instant, Ticker, Timer};
use onboard::{Checks, HOST_MS, LoopGap, OnboardRobot};
use panic_halt as _;
use robot::{DiagnosisServer, HostAsyncClient, RobotServer};
use serialtalk::heapless::String;
use serialtalk::{AsyncCaller, AsyncWithin, Timeout, asynch};

/// The longest delay of the task that blinks.
static GAP: LoopGap = LoopGap::new();

/// Texts to be drawn.
static TO_DRAW: Channel<CriticalSectionRawMutex, String<64>, 2> = Channel::new();

/// Texts that were drawn, to be told to the host.
static DRAWN: Channel<CriticalSectionRawMutex, String<64>, 2> = Channel::new();

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    let uart = board::start();
    spawner.spawn(talk(uart).unwrap());
    spawner.spawn(draw().unwrap());
    spawner.spawn(blink().unwrap());
}

#[embassy_executor::task]
async fn talk(uart: Uart) -> ! {
    let clock = (|| Instant::now().as_millis() as u32, |ms: u32| Timer::after_millis(ms.into()));
    let mut talk = asynch::SerialTalk::new(uart, clock)
        .checked()
        .serve(DiagnosisServer::new(Checks::new(board::micros, board::overruns, &GAP)))
        .serve(RobotServer::new(OnboardRobot::default()));
    loop {
        match select(talk.wait_for_command(), DRAWN.receive()).await {
            Either::First(Ok(command)) => drop(talk.serve_command(command).await),
            // An overrun costs one frame: the host gets no reply, or an error about what could not be read.
            Either::First(Err(_)) => {}
            Either::Second(text) => drop(host(&mut talk).log(&text).await),
        }
        let robot: &mut OnboardRobot = talk.state();
        if let Some(text) = robot.take_shown() {
            // What is not drawn in time is left out: the line must not wait for the display.
            TO_DRAW.try_send(text).ok();
        }
        let checks: &mut Checks = talk.state();
        if checks.take_question() {
            let uptime = host(&mut talk).uptime().await;
            let checks: &mut Checks = talk.state();
            checks.hear(uptime.ok());
        }
    }
}

/// The host: no call takes longer than [`HOST_MS`], and the handlers that are run meanwhile.
fn host<C: AsyncCaller>(talk: &mut C) -> HostAsyncClient<AsyncWithin<'_, C>> {
    HostAsyncClient::new(talk.within(Timeout::Ms(HOST_MS)))
}

/// Draws on the display, and says so; a real board would do it here, a line at a time.
#[embassy_executor::task]
async fn draw() -> ! {
    loop {
        let text = TO_DRAW.receive().await;
        DRAWN.send(text).await;
    }
}

/// Blinks; a real board would switch a pin here.
#[embassy_executor::task]
async fn blink() -> ! {
    let mut ticker = Ticker::every(Duration::from_millis(10));
    loop {
        ticker.next().await;
        GAP.mark(board::micros());
    }
}
