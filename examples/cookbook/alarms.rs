//! A board tells its host that something has happened, without being asked.

use std::thread;

use serialtalk_hal::memory::MemoryLink;
use serialtalk_hal::{SerialTalk, loopback};

/// What the board can do.
#[serialtalk::interface]
trait Furnace {
    /// Sets the power of the heater in percent.
    fn heat(&mut self, percent: u8);
}

/// What the board tells its host.
#[serialtalk::interface]
trait FurnaceHost {
    /// The furnace is too hot: its temperature in °C. The heater is off.
    #[command(oneway)]
    fn on_alarm(&mut self, celsius: f32);
}

/// The state of the board.
struct MyFurnace {
    celsius: f32,
    percent: u8,
}

impl Furnace for MyFurnace {
    fn heat(&mut self, percent: u8) {
        self.percent = percent;
    }
}

impl MyFurnace {
    /// What the board does in each turn of its main loop. Returns the temperature if it is too high.
    fn step(&mut self) -> Option<f32> {
        self.celsius += f32::from(self.percent);
        if self.celsius <= 500.0 || self.percent == 0 {
            return None;
        }
        self.percent = 0;
        Some(self.celsius)
    }
}

/// The main loop of the board.
fn board(talk: SerialTalk<MemoryLink>) {
    let mut talk = talk.serve(FurnaceServer::new(MyFurnace { celsius: 20.0, percent: 0 }));
    while talk.process_within(1).is_ok() {
        let furnace: &mut MyFurnace = talk.state();
        if let Some(celsius) = furnace.step() {
            FurnaceHostClient::new(&mut talk).on_alarm(celsius).ok();
        }
    }
}

/// The note that the handler of the host leaves.
#[derive(Default)]
struct Alarms {
    last: Option<f32>,
}

impl FurnaceHost for Alarms {
    fn on_alarm(&mut self, celsius: f32) {
        self.last = Some(celsius);
    }
}

fn main() -> anyhow::Result<()> {
    let (near, far) = loopback();
    thread::spawn(|| board(near));

    let mut talk = far.serve(FurnaceHostServer::new(Alarms::default()));
    FurnaceClient::new(&mut talk).heat(100)?;
    loop {
        talk.process_within(1000)?;
        let alarms: &mut Alarms = talk.state();
        if let Some(celsius) = alarms.last.take() {
            println!("the furnace is too hot: {celsius} °C");
            return Ok(());
        }
    }
}
