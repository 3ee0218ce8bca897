//! Makes a Python module that speaks the interfaces of the robot: `robot.py`, beside this file.
//!
//! `cargo run --example python_module > robot.py`

fn main() {
    print!("{}", serialtalk_python::module(&[robot::ROBOT_INTERFACE, robot::HOST_INTERFACE]));
}
