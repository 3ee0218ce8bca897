//! A peer that vanishes at every byte of a connection and of the calls over it.

use std::thread;
use std::time::Instant;

use serialtalk::{CallError, Timeout};
use serialtalk_hal::{AnyLink, LinkError, Reconnecting};

use crate::boards::{Place, mortal_board, mortal_server};
use crate::common::LONG_MS;
use crate::robot::{Fake, NotSetUpOnce, RobotClient};
use crate::states::Told;

/// More bytes than a connection and three calls have.
const BYTES: u64 = 240;

/// How many peers vanish at the same time, each at bytes of its own.
pub(crate) const PEERS: u64 = 4;

type Robot = RobotClient<Reconnecting<AnyLink>>;

fn robot_at(target: &str, told: &Told) -> Robot {
    let link = Reconnecting::new(target)
        .with_endpoint(|mut talk| {
            talk.set_timeout(Timeout::Ms(LONG_MS));
            talk
        })
        .on_connect(|talk| Ok(RobotClient::new(talk).begin()?))
        .on_state(told.listener());
    RobotClient::over(link)
}

/// What became of calls that were sent.
#[derive(Default)]
pub(crate) struct Outcomes {
    right: u32,
    /// The link was lost meanwhile: they may have been served.
    lost: u32,
}

/// Makes calls until `is_over`.
fn call_until(robot: &mut Robot, is_over: impl Fn(&Outcomes) -> bool) -> Outcomes {
    let began = Instant::now();
    let mut outcomes = Outcomes::default();
    for number in 0.. {
        if is_over(&outcomes) {
            break;
        }
        assert!(began.elapsed().as_millis() < 4 * u128::from(LONG_MS), "hangs");
        let result = robot.mult(number, 3);
        if outcomes.note(number, result, robot.caller().is_connected()) {
            robot.caller_mut().process_within(5);
        }
    }
    outcomes
}

impl Outcomes {
    /// Counts a call of `mult(number, 3)`, after which there is a connection or not. Returns whether it was refused.
    pub(crate) fn note(
        &mut self,
        number: u32,
        result: Result<u32, CallError<LinkError, NotSetUpOnce>>,
        is_connected: bool,
    ) -> bool {
        assert_eq!(is_connected, result.is_ok());
        match result {
            Ok(product) => {
                assert_eq!(product, number * 3);
                self.right += 1;
            }
            Err(CallError::Link { error: LinkError::NotConnected { .. }, .. }) => return true,
            Err(CallError::Link { error: LinkError::Unplugged { .. }, .. } | CallError::Closed { .. }) => {
                self.lost += 1;
            }
            Err(error) => panic!("{error:?}"),
        }
        false
    }
}

/// Checks what the peers say of the calls that were made as long as they lived.
pub(crate) fn check(outcomes: &Outcomes, peers: &[Fake], told: &Told) {
    let served: u32 = peers.iter().map(|peer| peer.calls).sum();
    assert!(outcomes.right <= served, "a value without a call");
    assert!(served <= outcomes.right + outcomes.lost, "a call was made twice");
    assert!(peers.iter().all(|peer| peer.set_ups <= 1), "a connection was set up twice");
    let set_ups = peers.iter().filter(|peer| peer.set_ups == 1).count();
    assert!(told.connections() <= set_ups, "a connection without its set-up");
    assert!(peers.iter().any(|peer| peer.calls >= 2), "no peer lived long enough");
    assert!(peers.iter().any(|peer| peer.set_ups == 0), "every peer lived too long");
}

/// How many bytes each life of a peer has: its share of the numbers below [`BYTES`]. A long life follows each short one, or the
/// next attempt would be made after a second.
pub(crate) fn lives(peer: u64) -> Vec<u64> {
    let short = (peer..BYTES / 2).step_by(PEERS as usize);
    short.flat_map(|bytes| [bytes, BYTES - 1 - bytes]).collect()
}

#[test]
fn a_board_that_vanishes_gives_right_values_or_errors() {
    thread::scope(|scope| {
        for number in 0..PEERS {
            scope.spawn(move || {
                let place = Place::new(&format!("byte-{number}"));
                let told = Told::default();
                let mut robot = robot_at(place.path(), &told);
                let board = mortal_board(place, lives(number));
                let outcomes = call_until(&mut robot, |_| board.is_finished());
                let (place, boards) = board.join().unwrap();
                check(&outcomes, &boards, &told);
                let _board = place.plug_robot();
                call_until(&mut robot, |outcomes| outcomes.right > 0);
            });
        }
    });
}

#[test]
fn a_server_that_vanishes_gives_right_values_or_errors() {
    thread::scope(|scope| {
        for number in 0..PEERS {
            scope.spawn(move || {
                let told = Told::default();
                let (address, server) = mortal_server(lives(number));
                let mut robot = robot_at(&format!("tcp://{address}"), &told);
                let outcomes = call_until(&mut robot, |_| server.is_finished());
                let (server, peers) = server.join().unwrap();
                check(&outcomes, &peers, &told);
                drop(server);
            });
        }
    });
}
