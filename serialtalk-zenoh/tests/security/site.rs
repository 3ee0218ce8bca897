//! A router with rules, and a gateway with one board, which counts.

use std::fs;
use std::net::UdpSocket;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use serialtalk::Timeout;
use serialtalk_zenoh::{Access, Certificates, Gateway, RunningGateway};
use tempfile::TempDir;
use zenoh::Session;

use crate::authority::Authority;

/// What the board can do.
#[serialtalk::interface(describe)]
pub(crate) trait Robot {
    /// Product of two numbers.
    fn mult(&mut self, a: f32, b: f32) -> f32;
    /// Acceleration.
    fn imu(&mut self) -> f32;
}

pub(crate) struct Counting(Arc<AtomicU32>);

/// A board that counts how often `mult` runs.
pub(crate) fn counting(mults: &Arc<AtomicU32>) -> RobotServer<Counting> {
    RobotServer::new(Counting(Arc::clone(mults)))
}

impl Robot for Counting {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        self.0.fetch_add(1, Ordering::SeqCst);
        a * b
    }

    fn imu(&mut self) -> f32 {
        9.81
    }
}

const RULES: &str = r#"
[gateways]
cell1 = "cell1"
cell2 = "cell2"

# Forwards what its boards call.
[user.cell1]
certificate = "cell1"
may = ["robots/cell2/arm2: mult"]

[user.operator]
certificate = "operator"
may = ["robots/*/*: *"]

[user.viewer]
certificate = "viewer"
may = ["robots/*/arm1: imu"]

[user.neighbour]
certificate = "neighbour"
may = ["robots/cell1/*: imu"]
"#;

/// All of it.
pub(crate) struct Site {
    folder: TempDir,
    authority: Authority,
    address: String,
    router: Child,
    pub(crate) gateway: Option<RunningGateway>,
    /// How often `mult` ran.
    pub(crate) mults: Arc<AtomicU32>,
}

impl Site {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let authority = Authority::new(folder.path(), "authority");
        let port = UdpSocket::bind("localhost:0").unwrap().local_addr().unwrap().port();
        let address = format!("quic/localhost:{port}");
        let Certificates { ca, certificate, key } = authority.certify("router");
        let file = folder.path().join("router.toml");
        let text = format!(
            "realm = \"robots\"\nlisten = [{address:?}]\n{RULES}\n\
             [certificates]\nca = {ca:?}\ncertificate = {certificate:?}\nkey = {key:?}\n"
        );
        fs::write(&file, text).unwrap();
        let mut router = Command::new(env!("CARGO_BIN_EXE_serialtalk-zenoh"));
        let router = router.arg("router").arg(file).stdout(Stdio::null()).spawn().unwrap();
        let mults = Arc::new(AtomicU32::new(0));
        let access = Access::connect([&address]).certificates(authority.certify("cell1"));
        let session = access.connect_within(Timeout::Ms(30_000)).open().unwrap();
        let gateway = Gateway::new("robots", "cell1").service("arm1", counting(&mults));
        let gateway = Some(gateway.start(&session).unwrap());
        Self { folder, authority, address, router, gateway, mults }
    }

    /// How a program with these certificates connects.
    pub(crate) fn access(&self, certificates: Certificates) -> Access {
        Access::connect([&self.address]).certificates(certificates)
    }

    /// A session of one that the router knows.
    pub(crate) fn session(&self, name: &str) -> Session {
        self.access(self.authority.certify(name)).connect_within(Timeout::Ms(30_000)).open().unwrap()
    }

    /// The certificates of one with a name that the router knows, from an authority that it does not know.
    pub(crate) fn stranger(&self, name: &str) -> Certificates {
        let theirs = Authority::new(self.folder.path(), "other").certify(name);
        Certificates { ca: self.authority.certify(name).ca, ..theirs }
    }

    /// Certificates that were valid once.
    pub(crate) fn expired(&self, name: &str) -> Certificates {
        self.authority.certify_until(name, 2001)
    }

    /// Certificates with a name that stands in no rule.
    pub(crate) fn unlisted(&self) -> Certificates {
        self.authority.certify("nobody")
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.router.kill();
        let _ = self.router.wait();
    }
}
