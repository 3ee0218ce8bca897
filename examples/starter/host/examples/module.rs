//! Writes the Python module of the contract, which `micropython/main.py` imports: `cargo run --example module`.

use robot::ROBOT_INTERFACE;

fn main() -> std::io::Result<()> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../micropython/robot.py");
    std::fs::write(path, serialtalk_python::module(&[ROBOT_INTERFACE]))
}
