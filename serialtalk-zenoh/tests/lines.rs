//! Boards at serial ports: those that are pulled out under load, and one with MicroPython.
#![cfg(unix)]

mod place;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;

use serialtalk::{CallError, Caller, Ran, Timeout, Value, args};
use serialtalk_hal::pty::PtyLink;
use serialtalk_hal::{LinkError, Running, SerialTalk, Spawn, pty};
use serialtalk_zenoh::{BoardState, EventKind, FleetError, Gateway, Port, board, events, info};

use place::{LONG, Place, until, until_up};

#[serialtalk::interface(describe)]
trait Robot {
    fn triple(&mut self, number: u32) -> u32;
}

/// A board that counts what it does.
#[derive(Clone, Default)]
struct Fake {
    served: Arc<AtomicU32>,
}

impl Robot for Fake {
    fn triple(&mut self, number: u32) -> u32 {
        self.served.fetch_add(1, Ordering::SeqCst);
        number * 3
    }
}

/// The name of a serial port that stays when the port does not.
struct Alias(PathBuf);

impl Alias {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("serialtalk-{name}-{}", std::process::id())))
    }

    fn path(&self) -> String {
        self.0.display().to_string()
    }

    /// Plugs a board in.
    fn plug(&self, fake: &Fake) -> Running<SerialTalk<PtyLink, RobotServer<Fake>>, LinkError> {
        let board = pty::open().unwrap();
        self.unplug();
        symlink(board.link().path(), &self.0).unwrap();
        board.serve(RobotServer::new(fake.clone())).spawn()
    }

    /// Removes the name, before the board is dropped: otherwise another port may get its path.
    fn unplug(&self) {
        // There is none before the first board.
        let _ = fs::remove_file(&self.0);
    }
}

impl Drop for Alias {
    fn drop(&mut self) {
        self.unplug();
    }
}

#[test]
fn a_board_that_is_pulled_out_under_load_comes_back() {
    const TIMES: usize = 5;
    let (place, alias, fake) = (Place::new(), Alias::new("zenoh-plug"), Fake::default());
    let _gateway = Gateway::new("robots", "cell1").port("arm1", alias.path()).start(&place.session).unwrap();
    let session = place.join();
    let heard = events(&session, "robots").unwrap();
    let (is_over, right, unknown) = (AtomicBool::new(false), AtomicU32::new(0), AtomicU32::new(0));
    let call_until_over = |first: u32| {
        let mut robot = RobotClient::over(board(&session, "robots/cell1/arm1").unwrap());
        for number in first.. {
            if is_over.load(Ordering::SeqCst) {
                return;
            }
            match robot.triple(number) {
                Ok(value) => {
                    assert_eq!(value, number * 3);
                    right.fetch_add(1, Ordering::SeqCst);
                }
                Err(error) if error.ran() == Ran::No || is_down(&error) => {
                    thread::sleep(std::time::Duration::from_millis(1));
                }
                Err(_) => _ = unknown.fetch_add(1, Ordering::SeqCst),
            }
        }
    };
    thread::scope(|scope| {
        for number in 0..4 {
            scope.spawn(move || call_until_over(number * 1_000_000));
        }
        for _ in 0..TIMES {
            let running = alias.plug(&fake);
            until_up(&session, "robots/cell1/arm1");
            let before = right.load(Ordering::SeqCst);
            until("calls are made", || (right.load(Ordering::SeqCst) > before + 20).then_some(()));
            alias.unplug();
            drop(running);
        }
        is_over.store(true, Ordering::SeqCst);
    });
    let served = fake.served.load(Ordering::SeqCst);
    let (right, unknown) = (right.into_inner(), unknown.into_inner());
    assert!(
        right <= served && served <= right + unknown,
        "{right} right, {unknown} unknown, {served} served"
    );

    let mut kinds = [(); 2 * TIMES].map(|()| heard.recv_timeout(LONG).unwrap().unwrap().kind).into_iter();
    while let (Some(up), Some(down)) = (kinds.next(), kinds.next()) {
        assert!(matches!((&up, &down), (EventKind::Up, EventKind::Down { .. })), "{up:?} {down:?}");
    }
}

fn is_down(error: &CallError<FleetError>) -> bool {
    matches!(error, CallError::Link { error: FleetError::Down { .. }, .. })
}

#[test]
fn a_board_that_is_not_there_is_down_and_says_why() {
    let (place, alias, fake) = (Place::new(), Alias::new("zenoh-down"), Fake::default());
    let _gateway = Gateway::new("robots", "cell1").port("arm1", alias.path()).start(&place.session).unwrap();
    let session = place.join();
    let mut robot = RobotClient::over(board(&session, "robots/*/arm1").unwrap());
    let reason = until("why it is down", || match robot.triple(1) {
        Err(CallError::Link { error: FleetError::Down { reason, .. }, .. }) => {
            (!reason.contains("not been connected")).then_some(reason)
        }
        other => panic!("{other:?}"),
    });
    assert!(reason.contains("no such port"), "{reason}");
    let told = info(&session, &"robots/*/arm1".parse().unwrap()).unwrap();
    assert_eq!((told.state, told.link, told.interface), (BoardState::Down(reason), alias.path(), None));

    let running = alias.plug(&fake);
    let up = until_up(&session, "robots/*/arm1");
    assert_eq!(up.interface.unwrap().hash(), ROBOT_INTERFACE.hash());
    assert_eq!(robot.triple(5).unwrap(), 15);
    alias.unplug();
    drop(running);
    until("it is down", || is_down(&robot.triple(6).err()?).then_some(()));
}

#[test]
fn a_board_that_has_to_speak_the_checked_link_does() {
    let (place, alias, fake) = (Place::new(), Alias::new("zenoh-checked"), Fake::default());
    let port = Port::new("arm1", alias.path()).checked();
    let _gateway = Gateway::new("robots", "cell1").board(port).start(&place.session).unwrap();
    let _running = alias.plug(&fake);
    until_up(&place.session, "robots/cell1/arm1");
    let mut robot = RobotClient::over(board(&place.session, "robots/cell1/arm1").unwrap());
    assert_eq!(robot.triple(5).unwrap(), 15);
}

/// A board whose command `fall` ends its program by an error.
const PROGRAM: &str = "
import sys
from serialtalk_peer import SerialTalk
st = SerialTalk()
def triple(number):
    return number * 3
def jam():
    raise OSError('the arm is jammed')
def fall():
    sys.print_exception(OSError('no more wheels'))
    while True:
        pass
st.add_command(triple, 'I', 'triple')
st.add_command(jam, '', 'jam')
st.add_command(fall, '', 'fall')
st.loop()
";

#[test]
#[cfg(target_os = "linux")]
fn a_traceback_of_micropython_reaches_a_caller_on_another_machine() {
    let venv = peers::require!();
    let micropython = venv.board();
    fs::write(micropython.folder().join("serialtalk_peer.py"), serialtalk_python::PEER).unwrap();
    fs::write(micropython.folder().join("main.py"), PROGRAM).unwrap();
    micropython.reset();
    let place = Place::new();
    let _gateway =
        Gateway::new("robots", "cell1").port("arm1", micropython.path()).start(&place.session).unwrap();
    let session = place.join();
    until_up(&session, "robots/*/arm1");
    let mut talk = board(&session, "robots/*/arm1").unwrap();
    assert_eq!(talk.call_value("triple", args![5]).unwrap(), Value::Int(15));
    let jammed = talk.call_value("jam", args![]).unwrap_err();
    assert!(matches!(jammed, CallError::Refused { .. }), "{jammed:?}");
    assert!(jammed.to_string().contains("the arm is jammed"), "{jammed}");
    let fallen = talk.within(Timeout::Ms(500)).call_value("fall", args![]).unwrap_err();
    assert!(matches!(fallen, CallError::Timeout { ran: Ran::Unknown, .. }), "{fallen:?}");
    assert!(fallen.to_string().contains("OSError: no more wheels"), "{fallen}");
}
