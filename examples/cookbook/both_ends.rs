//! Two ends that call each other over one line, and wait for the replies.

use std::thread;

use serialtalk::Timeout;
use serialtalk_hal::memory::MemoryLink;
use serialtalk_hal::{SerialTalk, loopback};

/// What the board can do.
#[serialtalk::interface]
trait Robot {
    /// Product of two numbers.
    fn mult(&mut self, a: f32, b: f32) -> f32;
    /// Where the robot goes.
    fn goal(&mut self) -> Option<u16>;
}

/// What the host does for its board.
#[serialtalk::interface]
trait Host {
    /// The number of the room behind a door.
    fn room(&mut self, door: u8) -> u16;
}

struct MyRobot {
    goal: Option<u16>,
}

impl Robot for MyRobot {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }

    fn goal(&mut self) -> Option<u16> {
        self.goal
    }
}

struct MyHost;

impl Host for MyHost {
    fn room(&mut self, door: u8) -> u16 {
        100 + u16::from(door)
    }
}

/// The main loop of the board.
fn board(talk: SerialTalk<MemoryLink>) {
    let mut talk = talk.serve(RobotServer::new(MyRobot { goal: None }));
    loop {
        let robot: &mut MyRobot = talk.state();
        if robot.goal.is_none() {
            // Commands of the host are served meanwhile. A host that hangs holds this loop up for 200 ms.
            let room = HostClient::new(&mut talk).within(Timeout::Ms(200)).room(7);
            let robot: &mut MyRobot = talk.state();
            robot.goal = room.ok();
        }
        if talk.process_within(10).is_err() {
            return;
        }
    }
}

fn main() -> anyhow::Result<()> {
    let (near, far) = loopback();
    thread::spawn(|| board(near));

    let mut talk = far.serve(HostServer::new(MyHost));
    loop {
        // The question of the board is answered while this waits for its replies.
        let mut robot = RobotClient::new(&mut talk);
        if let Some(room) = robot.goal()? {
            println!("the robot goes to room {room}, and knows that 2 * 3 = {}", robot.mult(2.0, 3.0)?);
            return Ok(());
        }
        talk.process_within(10)?;
    }
}
