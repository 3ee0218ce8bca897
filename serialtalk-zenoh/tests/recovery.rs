//! Calls that are repeated, and gateways that come, go and stand still.
#![cfg(target_os = "linux")]

mod place;

use std::fs;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serialtalk::CallError;
use serialtalk_zenoh::demo::ArmClient;
use serialtalk_zenoh::{
    Access, FleetError, Gateway, GatewayError, Incarnation, RunningGateway, board, boards, stream,
};
use zenoh::{Session, Wait};

use place::{Place, attachment, get_with, until, until_up};

/// A board that counts.
#[serialtalk::interface]
trait Counter {
    fn count(&mut self) -> u32;
}

#[derive(Clone, Default)]
struct Counted(Arc<AtomicU32>);

impl Counter for Counted {
    fn count(&mut self) -> u32 {
        self.0.fetch_add(1, Ordering::SeqCst) + 1
    }
}

impl Counted {
    fn start(&self, session: &Session, gateway: &str) -> Result<RunningGateway, GatewayError> {
        Gateway::new("robots", gateway).service("arm1", CounterServer::new(self.clone())).start(session)
    }
}

fn number(incarnation: Incarnation) -> u64 {
    u64::from_str_radix(&incarnation.to_string(), 16).unwrap()
}

fn value(count: u32) -> Vec<Result<Vec<u8>, String>> {
    vec![Ok([b"\x01I".as_slice(), &count.to_le_bytes()].concat())]
}

#[test]
fn a_call_that_is_sent_again_does_not_run_again() {
    let (place, counted) = (Place::new(), Counted::default());
    let gateway = counted.start(&place.session, "cell1").unwrap();
    let ours = number(gateway.incarnation());
    let session = place.join();
    let send = |id, attempt, incarnation| {
        let attachment = attachment(id, 5000, attempt, Some(incarnation));
        get_with(&session, "robots/cell1/arm1/call/count", b"", Some(&attachment))
    };
    assert_eq!(send(1, 1, ours), value(1));
    assert_eq!(send(1, 2, ours), value(1), "from what is kept");
    assert_eq!(send(1, 3, ours), value(1));
    assert_eq!(send(2, 2, ours), value(2), "the first attempt never arrived");
    // One that was sent to another run, or to this one before it restarted, may have run there.
    let lost = send(3, 2, ours ^ 1).remove(0).unwrap_err();
    assert_eq!(lost, r#"{"failure":"lost","reason":"its gateway has restarted"}"#);
    let other = send(4, 1, ours ^ 1).remove(0).unwrap_err();
    assert_eq!(other, r#"{"failure":"other_run"}"#, "another gateway of this name may have it");
    for id in 10..50 {
        send(id, 1, ours).remove(0).unwrap();
    }
    let forgotten = send(1, 2, ours).remove(0).unwrap_err();
    assert_eq!(forgotten, r#"{"failure":"reply_lost","printed":""}"#);
    assert_eq!(counted.0.load(Ordering::SeqCst), 42);
}

#[test]
fn two_gateways_of_one_name_do_not_run_in_one_realm() {
    let (place, counted) = (Place::new(), Counted::default());
    let first = counted.start(&place.session, "cell1").unwrap();
    let session = place.join();
    let error = counted.start(&session, "cell1").err().expect("it runs twice");
    assert_eq!(
        error.to_string(),
        "another gateway is called robots/cell1, and runs: give one of them another name, or end the other"
    );
    let other_realm = Gateway::new("others", "cell1").service("arm1", CounterServer::new(counted.clone()));
    let _other = other_realm.start(&session).unwrap();
    drop(first);
    let _again = counted.start(&session, "cell1").unwrap();

    let twice = Gateway::new("robots", "cell2").port("a", "/dev/x").port("a", "/dev/y").start(&session);
    assert!(matches!(twice, Err(GatewayError::Twice(name)) if name == "a"));
    assert!(matches!(Gateway::new("", "cell2").start(&session), Err(GatewayError::NoName)));
    assert!(matches!(Gateway::new("robots", "a").port("", "x").start(&session), Err(GatewayError::NoName)));
}

#[test]
fn a_board_that_moves_is_found_again() {
    let (place, counted) = (Place::new(), Counted::default());
    let (here, there) = (place.join(), place.join());
    let mut robot = CounterClient::over(board(&place.session, "robots/*/arm1").unwrap());
    let mut expected = 0;
    let mut count = |robot: &mut CounterClient<_>| {
        expected += 1;
        assert_eq!(robot.count().unwrap(), expected);
    };
    let first = counted.start(&here, "cell1").unwrap();
    count(&mut robot);
    drop(first);
    // The gateway from which it went is there again, without it.
    let _empty = Gateway::new("robots", "cell1").start(&here).unwrap();
    let second = counted.start(&there, "cell2").unwrap();
    count(&mut robot);

    let twin = counted.start(&here, "cell3").unwrap();
    let mut other = CounterClient::over(board(&place.session, "robots/*/arm1").unwrap());
    match other.count() {
        Err(CallError::Link { error: FleetError::Several { found, .. }, .. }) => {
            assert!(found.contains("cell2") && found.contains("cell3"), "{found}");
        }
        result => panic!("{result:?}"),
    }
    drop(second);
    drop(twin);
    assert_eq!(counted.0.load(Ordering::SeqCst), 2);
}

/// The command, as a gateway with a simulated board.
struct Process {
    child: Child,
    address: String,
}

impl Process {
    fn start(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("serialtalk-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let socket = folder.join("socket");
        let address = format!("unixsock-stream/{}", socket.display());
        let file = folder.join("fleet.toml");
        let text = format!("gateway = \"cell1\"\nlisten = [\"{address}\"]\n[board.arm1]\nsimulate = true\n");
        fs::write(&file, text).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_serialtalk-zenoh"));
        let child = command.arg("gateway").arg(&file).stdout(Stdio::null()).spawn().unwrap();
        Self { child, address }
    }

    fn join(&self) -> Session {
        until("the gateway listens", || Access::connect([&self.address]).open().ok())
    }

    /// Stops the process, and waits until it stands still.
    fn stop(&self) {
        self.signal(Signal::STOP);
        until("all threads stand still", || {
            let mut threads = fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap();
            let stands_still = |thread: fs::DirEntry| {
                let stat = fs::read_to_string(thread.path().join("stat")).unwrap();
                stat.rsplit_once(") ").is_some_and(|(_, state)| state.starts_with('T'))
            };
            threads.all(|thread| stands_still(thread.unwrap())).then_some(())
        });
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn what_arrives_while_a_gateway_stands_still_is_not_run_later() {
    let gateway = Process::start("stopped");
    let session = gateway.join();
    until_up(&session, "robots/cell1/arm1");
    let telemetry = stream(&session, &"robots/cell1/arm1".parse().unwrap(), "telemetry").unwrap();
    let mut arm = ArmClient::over(board(&session, "robots/cell1/arm1").unwrap());
    assert_eq!(arm.mult(2.0, 3.0).unwrap(), 6.0);

    gateway.stop();
    let turn = [b"\x01f".as_slice(), &90f32.to_le_bytes()].concat();
    let turn = session.get("robots/cell1/arm1/call/turn").payload(turn).wait().unwrap();
    // Longer than the lease: its connection is closed, and what was sent over it still waits to be read.
    let began = Instant::now();
    let CallError::Link { error, .. } = arm.mult(2.0, 3.0).unwrap_err() else { panic!("it has answered") };
    assert!(matches!(error, FleetError::Lost { .. } | FleetError::Unreachable { .. }), "{error:?}");
    assert!(began.elapsed() < Duration::from_millis(1500 + 2500), "it ends soon after its time");
    assert!(turn.iter().all(|reply| reply.into_result().is_err()), "it has turned");
    std::thread::sleep(Duration::from_millis(2500).saturating_sub(began.elapsed()));
    gateway.signal(Signal::CONT);

    // The session is connected again by itself.
    until("the gateway answers", || arm.mult(2.0, 3.0).ok());
    let (_, degrees) = until("telemetry", || {
        let sample = telemetry.recv_timeout(Duration::from_millis(100)).unwrap()?;
        Some(sample.decode::<(u32, f32)>().unwrap())
    });
    assert_eq!(degrees, 0.0, "it has turned after all");
}

#[test]
fn a_gateway_that_is_told_to_end_does_so_in_order() {
    let mut gateway = Process::start("ended");
    let session = gateway.join();
    until_up(&session, "robots/cell1/arm1");
    let heard = serialtalk_zenoh::events(&session, "robots").unwrap();
    assert_eq!(boards(&session, "robots").unwrap().len(), 1);
    gateway.signal(Signal::INT);
    let event = heard.recv_timeout(place::LONG).unwrap().unwrap();
    assert_eq!((event.board.as_str(), event.number), ("arm1", 2));
    assert!(gateway.child.wait().unwrap().success());
}
