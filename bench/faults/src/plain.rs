//! The plain link of serialtalk.

use std::time::Duration;

use serialtalk::asynch::SerialTalk;
use serialtalk_hal::simulation::Simulation;

use crate::Column;
use crate::run::{Run, call_all};
use crate::tally::{Counts, Tally};

pub(crate) const COLUMN: Column =
    Column { name: "serialtalk, plain", broken_promises: |counts| counts.hung, run };

#[serialtalk::interface]
trait Counting {
    fn count(&mut self, number: u32) -> u32;
}

impl Counting for Tally {
    fn count(&mut self, number: u32) -> u32 {
        self.run(number)
    }
}

fn run(run: &Run) -> Option<Counts> {
    let simulation = Simulation::new();
    let clock = simulation.clock();
    let (board, host) = run.line(&simulation);
    let [by_host, by_board] = run.tallies();

    let (ran, called) = (by_host.clone(), by_board.clone());
    let board_clock = clock.clone();
    let board = simulation.board(board, move |end| {
        let (ran, called, clock) = (ran.clone(), called.clone(), board_clock.clone());
        async move {
            let mut talk = SerialTalk::new(end, clock.clone()).serve(CountingServer::new(ran));
            let mut client = CountingAsyncClient::new(&mut talk);
            call_all(&clock, &called, async |number| client.count(number).await.ok()).await;
            talk.run().await.expect("the line does not fail");
        }
    });
    run.disturb(&simulation, board);

    let talk = SerialTalk::new(run.faults().on(host), clock.clone());
    let mut talk = talk.serve(CountingServer::new(by_board.clone()));
    simulation.block_on(async {
        let mut client = CountingAsyncClient::new(&mut talk);
        call_all(&clock, &by_host, async |number| client.count(number).await.ok()).await;
        while !by_board.is_complete() {
            _ = clock.within(Duration::from_secs(1), talk.run()).await;
        }
    });
    let mut counts = by_host.counts();
    counts += by_board.counts();
    Some(counts)
}
