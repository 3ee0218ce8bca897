//! Interfaces as text and as data.
#![cfg(all(feature = "alloc", feature = "repr", feature = "serde"))]

use serde_json::json;
use serialtalk::Value;

/// What every robot can do.
///
/// Ours, that is.
#[serialtalk::interface]
#[allow(dead_code, reason = "only its description is used")]
trait Robot {
    /// Product of two numbers.
    fn mult(&mut self, a: f32, b: f32) -> f32;
    /// Measures what the sensors show when nothing moves.
    ///
    /// Takes a while.
    #[command(name = "set up", idempotent, timeout_ms = 5000)]
    fn set_up(&mut self, text: &str) -> Result<Imu, Fault>;
    #[command(oneway)]
    fn log(&mut self, text: &str);
    #[command(timeout_ms = never)]
    fn sleep(&mut self);
    #[command(repr)]
    fn nothing(&mut self, none: Nothing) -> Nothing;
    #[command(returns = "repr")]
    fn little(&mut self, none: Nothing) -> Nothing;
}

#[derive(Value)]
struct Imu {
    x: f32,
    y: f32,
}

#[derive(Value)]
enum Fault {
    Moving { speed: u16 },
    Tilted,
}

#[derive(Value)]
struct Nothing {}

#[test]
fn an_interface_is_shown_as_a_list_of_signatures() {
    let expected = r#"Robot    // What every robot can do.
  mult(a: f32, b: f32) -> f32    // Product of two numbers.
  "set up"(text: str) -> {x: f32, y: f32} or {Moving(speed: u16) | Tilted}, idempotent, timeout_ms = 5000    // Measures what the sensors show when nothing moves.
  log(text: str), oneway
  sleep(), timeout_ms = never
  nothing(none: ()) as repr -> () as repr
  little(none: ()) -> () as repr"#;
    assert_eq!(ROBOT_INTERFACE.to_string(), expected);
}

#[test]
fn an_interface_is_serialized_with_signatures_and_hashes() {
    let robot = serde_json::to_value(ROBOT_INTERFACE).unwrap();
    assert_eq!(robot["name"], "Robot");
    assert_eq!(robot["docs"], "What every robot can do.\n\nOurs, that is.");
    assert_eq!(robot["module"], "");
    assert_eq!(robot["hash"], ROBOT_INTERFACE.hash());
    assert_eq!(
        robot["commands"][1],
        json!({
            "name": "set up",
            "signature": r#""set up"(text: str) -> {x: f32, y: f32} or {Moving(speed: u16) | Tilted}"#,
            "hash": ROBOT_INTERFACE.commands[1].hash,
            "method": "set_up",
            "arguments": [{ "name": "text", "type": "&str", "format": "repr" }],
            "returns": "Imu",
            "error": "Fault",
            "format": "repr",
            "return_format": "2f",
            "oneway": false,
            "idempotent": true,
            "timeout_ms": 5000,
            "docs": "Measures what the sensors show when nothing moves.\n\nTakes a while.",
        })
    );
    let timeouts: Vec<_> =
        robot["commands"].as_array().unwrap().iter().map(|it| it["timeout_ms"].clone()).collect();
    assert_eq!(timeouts, [json!(null), json!(5000), json!(null), json!("never"), json!(null), json!(null)]);
}
