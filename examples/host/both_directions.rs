//! A robot and its host that call each other at the same time, over one line, async.

use host_examples::SimulatedRobot;
use robot::{Host, HostClient, HostServer, RobotClient, RobotServer};
use serialtalk_hal::asynch;

/// The commands that this program serves for its robot.
#[derive(Default)]
struct Logbook {
    lines: Vec<String>,
    asked: u32,
}

impl Host for Logbook {
    fn log(&mut self, line: &str) {
        self.lines.push(line.into());
    }

    fn uptime(&mut self) -> u32 {
        self.asked += 1;
        1000 * self.asked
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let (board, host) = asynch::loopback();

    let board = async move {
        let mut talk = board.serve(RobotServer::new(SimulatedRobot::default()));
        let mut host = HostClient::connect_async(&mut talk).await?;
        let mut uptime = 0;
        for call in 0..1000 {
            uptime = host.uptime().await?;
            if call % 250 == 0 {
                host.log(&format!("battery at {:.1} V", 7.4 - f64::from(call) / 1000.0)).await?;
            }
        }
        println!("the robot made 1000 calls; its host is up for {uptime} ms");
        // Serves until the host closes the line.
        talk.run().await?;
        println!("the host has closed the line");
        anyhow::Ok(())
    };

    let host = async move {
        let mut talk = host.serve(HostServer::new(Logbook::default()));
        let mut robot = RobotClient::connect_async(&mut talk).await?;
        let mut sum = 0.0;
        for number in 0..1000u16 {
            sum += robot.mult(f32::from(number), 2.0).await?;
        }
        println!("the host made 1000 calls; their results add up to {sum}");
        loop {
            let logbook: &mut Logbook = talk.state();
            if logbook.asked == 1000 && logbook.lines.len() == 4 {
                println!("the robot logged: {:?}", logbook.lines);
                return anyhow::Ok(());
            }
            talk.process().await?;
        }
    };

    let (board, host) = tokio::join!(board, host);
    board.and(host)
}
