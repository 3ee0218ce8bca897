//! A network that is cut between a router and a gateway, and healed: in a network namespace, whose loopback interface is switched.
#![cfg(target_os = "linux")]

use std::fs;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serialtalk::{CallError, Caller};
use serialtalk_zenoh::demo::ArmClient;
use serialtalk_zenoh::{Access, FleetError, board};
use zenoh::sample::SampleKind;
use zenoh::{Session, Wait};

/// Set in a program that runs in a namespace.
const INSIDE: &str = "SERIALTALK_IN_NAMESPACE";

/// How long anything may take before the test fails.
const LIMIT: Duration = Duration::from_secs(60);

#[test]
fn a_network_that_is_cut_is_noticed_and_healed() {
    if std::env::var_os(INSIDE).is_some() {
        return inside();
    }
    let test = std::env::current_exe().unwrap();
    let mut namespace = Command::new("unshare");
    namespace.args(["--user", "--map-root-user", "--net"]).arg(test).env(INSIDE, "1");
    namespace.args(["--exact", "a_network_that_is_cut_is_noticed_and_healed", "--nocapture"]);
    if !has_namespaces() {
        return peers::skip(
            "no network namespace",
            "needs `unshare --user --net` and `ip`, of util-linux and iproute2",
        );
    }
    assert!(namespace.status().unwrap().success());
}

fn has_namespaces() -> bool {
    let mut lo = Command::new("unshare");
    lo.args(["--user", "--map-root-user", "--net", "ip", "link", "set", "lo", "up"]).stderr(Stdio::null());
    lo.status().is_ok_and(|status| status.success())
}

fn inside() {
    lo("up");
    let folder = tempfile::tempdir().unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let address = format!("tcp/127.0.0.1:{port}");
    let socket = format!("unixsock-stream/{}", folder.path().join("router").display());
    let _router = Access::listen([&socket, &address]).insecure().open().unwrap();
    let file = folder.path().join("fleet.toml");
    let text = format!(
        "gateway = \"cell1\"\nconnect = [{address:?}]\ninsecure = true\n\n[board.arm1]\nsimulate = true\n"
    );
    fs::write(&file, text).unwrap();
    let _gateway = Gateway::start(&file);

    // It does not cross the network that is cut.
    let session = Access::connect([&socket]).open().unwrap();
    let alive = Alive::watch(&session);
    alive.next(SampleKind::Put);
    let mut arm = ArmClient::over(board(&session, "robots/*/arm1").unwrap());
    arm.caller_mut().ready(LIMIT.as_millis() as u32).unwrap();
    assert_eq!(arm.mult(2.0, 3.0).unwrap(), 6.0);

    let cut = Instant::now();
    lo("down");
    let error = arm.mult(2.0, 3.0).unwrap_err();
    assert!(matches!(error, CallError::Link { error: FleetError::Lost { .. }, .. }), "{error}");
    alive.next(SampleKind::Delete);
    println!("cut off: noticed after {} ms", cut.elapsed().as_millis());
    let error = arm.mult(2.0, 3.0).unwrap_err();
    assert!(matches!(error, CallError::Link { error: FleetError::Unreachable { .. }, .. }), "{error}");

    let healed = Instant::now();
    lo("up");
    arm.caller_mut().ready(LIMIT.as_millis() as u32).unwrap();
    assert_eq!(arm.mult(2.0, 3.0).unwrap(), 6.0);
    println!("healed: called again after {} ms", healed.elapsed().as_millis());
}

/// Switches the network.
fn lo(state: &str) {
    assert!(Command::new("ip").args(["link", "set", "lo", state]).status().unwrap().success());
}

/// Sees which gateways run.
struct Alive(zenoh::pubsub::Subscriber<zenoh::handlers::FifoChannelHandler<zenoh::sample::Sample>>);

impl Alive {
    fn watch(session: &Session) -> Self {
        let tokens = session.liveliness().declare_subscriber("alive/robots/cell1/*").history(true);
        Self(tokens.wait().unwrap())
    }

    fn next(&self, kind: SampleKind) {
        let sample = self.0.recv_timeout(LIMIT).unwrap().expect("nothing happens");
        assert_eq!(sample.kind(), kind);
    }
}

/// The process of a gateway.
struct Gateway(Child);

impl Gateway {
    fn start(file: &std::path::Path) -> Self {
        let mut gateway = Command::new(env!("CARGO_BIN_EXE_serialtalk-zenoh"));
        Self(gateway.arg("gateway").arg(file).stdout(Stdio::null()).spawn().unwrap())
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
