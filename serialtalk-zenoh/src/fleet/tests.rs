use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::*;

/// Reads a file that has this text.
fn read(name: &str, text: &str) -> Result<Fleet, FleetFileError> {
    let path = path(name);
    fs::write(&path, text).unwrap();
    let fleet = Fleet::read(&path);
    fs::remove_file(&path).unwrap();
    fleet
}

fn path(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("serialtalk-fleet-{name}-{}.toml", std::process::id()))
}

const CELL: &str = r#"
realm = "robots"
gateway = "cell1"
listen = ["quic/0.0.0.0:7447"]
certificates = { ca = "ca.pem", certificate = "cell1.pem", key = "cell1.key" }

[board.arm1]
port = "/dev/ttyUSB0"
baud = 921600
checked = true
publish = ["log"]
forward = "robots/office/planner"
poll = ["imu=50Hz"]
allow = ["module"]

[board."arm 2"]
usb = "2e8a:0005"

[board.arm3]
tcp = "robot.local:8266"

[board.arm4]
simulate = true

[user.viewer]
certificate = "viewer.example"
may = ["robots/*/arm1: imu, led"]

[gateways]
cell1 = "cell1.example"
"#;

#[test]
fn a_file_describes_a_gateway() {
    let fleet = read("cell", CELL).unwrap();
    let addresses: Vec<_> = fleet.gateway().unwrap().addresses().collect();
    let names = ["robots/cell1/arm 2", "robots/cell1/arm1", "robots/cell1/arm3", "robots/cell1/arm4"];
    assert_eq!(addresses, names);
}

#[test]
fn what_is_not_understood_is_told_with_its_place() {
    for (name, text, place, expected) in [
        ("key", "realms = \"a\"", "line 1, column 1", "unknown field `realms`, expected one of `realm`"),
        (
            "board",
            "[board.a]\nport = \"x\"\nbuad = 1",
            "line 3, column 1",
            "unknown field `buad`, expected one of",
        ),
        ("number", "[board.a]\nport = \"x\"\nbaud = \"1\"", "line 3, column 8", "expected u32"),
        ("none", "[board.a]\nbaud = 1", "line 1, column 1", "a board has one of `port = \"/dev/ttyUSB0\"`"),
        ("two", "[board.a]\nport = \"x\"\nsimulate = true", "line 1, column 1", "a board has one of"),
        ("poll", "[board.a]\nport = \"x\"\npoll = [\"imu\"]", "line 3, column 8", "as in `imu=50Hz`"),
        (
            "to",
            "[board.a]\nport = \"x\"\nforward = \"b\"",
            "line 3, column 11",
            "write `realm/gateway/board`",
        ),
        (
            "may",
            "[user.a]\ncertificate = \"a\"\nmay = [\"all\"]",
            "line 3, column 7",
            "as in `robots/*/arm1: imu, led`",
        ),
        ("user", "[user.a]\nmay = []", "line 1, column 1", "missing field `certificate`"),
        ("file", "certificates = { ca = \"a\" }", "line 1, column 16", "missing field `certificate`"),
        ("toml", "realm = robots", "line 1, column 9", ""),
    ] {
        let error = read(name, text).unwrap_err().to_string();
        assert!(error.starts_with(&path(name).display().to_string()), "{error}");
        assert!(error.contains(place) && error.contains(expected), "{text}\n{error}");
    }
    let missing = Fleet::read(&path("missing")).unwrap_err().to_string();
    assert!(missing.contains("No such file"), "{missing}");
    let no_name = read("no-name", "realm = \"a\"").unwrap().gateway().err().expect("it has a name");
    assert!(no_name.to_string().contains("write `gateway = \"cell1\"`"), "{no_name}");
    let contract = "gateway = \"a\"\n[board.a]\nport = \"x\"\ncontract = \"missing.json\"";
    let error =
        read("contract", contract).unwrap().gateway().err().expect("there is no contract").to_string();
    assert!(error.contains("missing.json: No such file"), "{error}");
}

#[test]
fn rules_let_through_what_is_said_and_nothing_else() {
    let rules: Value = serde_json::from_str(&read("rules", CELL).unwrap().rules().unwrap()).unwrap();
    assert_eq!((&rules["enabled"], &rules["default_permission"]), (&true.into(), &"deny".into()));
    let keys = |id: &str| {
        let rules = rules["rules"].as_array().unwrap();
        let rule = rules.iter().find(|rule| rule["id"] == id).unwrap_or_else(|| panic!("no rule {id}"));
        serde_json::from_value::<Vec<String>>(rule["key_exprs"].clone()).unwrap()
    };
    assert_eq!(
        keys("user viewer asks"),
        ["robots/*/arm1/call/imu", "robots/*/arm1/call/led", "robots/*/arm1/info", "robots/*/list"]
    );
    assert_eq!(
        keys("user viewer hears"),
        ["robots/*/arm1/stream/imu", "robots/*/arm1/stream/led", "robots/*/events"]
    );
    assert_eq!(keys("gateway cell1 answers and publishes"), ["robots/cell1/**"]);
    let subjects = rules["subjects"].as_array().unwrap();
    let named = |name: &str| subjects.iter().find(|subject| subject["id"] == name).unwrap();
    assert_eq!(named("user viewer")["cert_common_names"], serde_json::json!(["viewer.example"]));
    assert_eq!(named("this machine")["link_protocols"], serde_json::json!(["unixsock-stream"]));
    assert_eq!(read("open", "realm = \"a\"").unwrap().rules(), None);
}

#[test]
fn a_router_that_connects_has_to_listen() {
    let connects = "connect = [\"quic/router1.local:7447\"]\n";
    let error = read("router", connects).unwrap().router().err().unwrap();
    assert!(error.to_string().contains("needs an address of its own: write `listen = "), "{error}");
    assert!(
        read("router", &format!("listen = [\"quic/0.0.0.0:7447\"]\n{connects}")).unwrap().router().is_ok()
    );
    assert!(read("router", "").unwrap().router().is_ok(), "at the socket of this machine");
}
