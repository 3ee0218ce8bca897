//! The plain and the checked link of serialtalk.

use std::time::Duration;

use serialtalk::Clock;
use serialtalk::asynch::SerialTalk;
use serialtalk_hal::simulation::Simulation;

use crate::Column;
use crate::run::{Run, call_all};
use crate::tally::{Counts, Tally};

pub(crate) const PLAIN: Column =
    Column { name: "serialtalk, plain", broken_promises: |counts| counts.hung, run: plain };

pub(crate) const CHECKED: Column = Column {
    name: "serialtalk, checked",
    broken_promises: |counts| counts.wrong + counts.twice + counts.stray_runs + counts.hung,
    run: checked,
};

#[serialtalk::interface]
trait Counting {
    fn count(&mut self, number: u32) -> u32;
}

impl Counting for Tally {
    fn count(&mut self, number: u32) -> u32 {
        self.run(number)
    }
}

/// Writes the function of a column. `$at_board` and `$at_host` make of a plain endpoint and a seed the endpoint of the column.
macro_rules! function {
    ($name:ident, $at_board:expr, $at_host:expr) => {
        fn $name(run: &Run) -> Option<Counts> {
            let simulation = Simulation::new();
            let clock = simulation.clock();
            let (board, host) = run.line(&simulation);
            let [by_host, by_board] = run.tallies();

            let (ran, called) = (by_host.clone(), by_board.clone());
            let board_clock = clock.clone();
            let board = simulation.board(board, move |end| {
                let (ran, called, clock) = (ran.clone(), called.clone(), board_clock.clone());
                async move {
                    // A board counts from its start, so it does the same after each.
                    let started = clock.now();
                    let uptime =
                        (|| clock.now() - started, |ms| clock.sleep(Duration::from_millis(u64::from(ms))));
                    let mut talk = $at_board(SerialTalk::new(end, uptime)).serve(CountingServer::new(ran));
                    let mut client = CountingAsyncClient::new(&mut talk);
                    call_all(&clock, &called, async |number| client.count(number).await.ok()).await;
                    talk.run().await.expect("the line does not fail");
                }
            });
            run.disturb(&simulation, board);

            let talk = $at_host(SerialTalk::new(run.faults().on(host), clock.clone()), run.seed);
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
    };
}

function!(plain, |talk| talk, |talk, _| talk);

// Both ends require it, so that no noise makes the link plain. The board has no random numbers.
function!(
    checked,
    |talk: SerialTalk<_, _>| talk.checked().require_checked(),
    |talk: SerialTalk<_, _>, seed| talk.checked().require_checked().entropy(seed as u32)
);
