use std::fs;
use std::path::PathBuf;

use super::*;

/// A folder for the sockets of one test.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("serialtalk-{name}-{}", std::process::id()));
    fs::create_dir(&folder).unwrap();
    folder
}

fn refusal(access: &Access) -> String {
    access.open().map(drop).unwrap_err().to_string()
}

#[test]
fn nothing_is_open_that_was_not_said_to_be() {
    assert_eq!(
        refusal(&Access::listen(["tcp/0.0.0.0:7447"])),
        "tcp/0.0.0.0:7447 is not encrypted: use quic/ and certificates, or say that it may be insecure"
    );
    assert_eq!(
        refusal(&Access::connect(["quic/host:7447"]).insecure()),
        "quic/host:7447 needs certificates: of the authority, and of this program with its key"
    );
    for address in ["host:7447", "tls/host:7447", "udp/host:7447", ""] {
        let error = refusal(&Access::connect([address]).insecure());
        assert!(
            error.starts_with(&format!("{address:?} is no address: write `unixsock-stream/PATH`")),
            "{error}"
        );
    }
    let missing = Certificates { ca: "ca.pem".into(), certificate: "me.pem".into(), key: "me.key".into() };
    let error = refusal(&Access::connect(["quic/host:7447"]).certificates(missing));
    assert!(error.starts_with("ca.pem: No such file"), "{error}");
    let error = refusal(&Access::listen(["tcp/127.0.0.1:0"]).insecure().rules("{ \"no\": 1 }".into()));
    assert!(error.starts_with("Zenoh takes no such rules: "), "{error}");
}

#[test]
fn a_socket_of_a_dead_program_is_replaced_and_one_in_use_is_not() {
    let folder = folder("access");
    let path = folder.join("fleet.sock");
    // As a program leaves it that was killed.
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    let address = format!("unixsock-stream/{}", path.display());
    let listening = Access::listen([&address[..]]).open().unwrap();
    let connected = Access::connect([&address[..]]).open().unwrap();
    let error = refusal(&Access::listen([&address[..]]));
    assert!(error.starts_with(&format!("cannot listen at {address}: ")), "{error}");
    assert!(
        error.ends_with("another program may listen there already: connect to that, or stop it"),
        "{error}"
    );
    assert_eq!(connected.info().routers_zid().wait().count(), 1, "it is still there");
    drop((connected, listening));

    let error = refusal(&Access::connect([&address[..]]).connect_within(Timeout::Ms(200)));
    let expected = format!("nobody answers at {address} within 200 ms: start a gateway or a router there; ");
    assert!(error.starts_with(&expected), "{error}");
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_program_waits_for_a_router_as_long_as_it_is_told_to() {
    let folder = folder("wait");
    let address = format!("unixsock-stream/{}", folder.join("fleet.sock").display());
    let access = Access::connect([&address[..]]).connect_within(Timeout::Never);
    let connecting = thread::spawn(move || access.open().unwrap());
    let _router = Access::listen([address]).open().unwrap();
    let session = connecting.join().unwrap();
    assert_eq!(session.info().routers_zid().wait().count(), 1);
    drop(session);
    fs::remove_dir_all(&folder).unwrap();
}
