//! The devices that Python programs open, and the Python of the documentation, with boards in Rust.

use std::fs;
use std::path::PathBuf;

use peers::{Interpreter, Line, Venv};
use serialtalk::Timeout;
use serialtalk_hal::{Spawn, pty, tcp};

/// A robot as that of the README.
#[serialtalk::interface]
trait Robot {
    fn mult(&mut self, a: f32, b: f32) -> f32;
    fn imu(&mut self) -> Imu;
    fn led(&mut self, hue: u16);
}

#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
struct Imu {
    x: f32,
    y: f32,
    z: f32,
}

struct MyRobot;

impl Robot for MyRobot {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }
    fn imu(&mut self) -> Imu {
        Imu { x: 0.0, y: 0.5, z: 9.75 }
    }
    fn led(&mut self, _hue: u16) {}
}

/// A folder with everything that a Python program imports.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("python_devices_{name}"));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("robot.py"), serialtalk_python::module(&[ROBOT_INTERFACE])).unwrap();
    fs::write(folder.join(serialtalk_python::PEER_FILE), serialtalk_python::PEER).unwrap();
    fs::write(folder.join(serialtalk_python::DEVICES_FILE), serialtalk_python::DEVICES).unwrap();
    folder
}

/// What a program in a folder prints.
fn printed(venv: &Venv, interpreter: Interpreter, folder: &PathBuf, program: &str) -> String {
    let path = folder.join("program.py");
    fs::write(&path, program).unwrap();
    let output = venv.command(interpreter).arg(&path).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&[output.stdout, output.stderr].concat()));
    String::from_utf8(output.stdout).unwrap()
}

/// The block of Python in the README that has this line.
fn block(line: &str) -> &'static str {
    let readme = include_str!("../../../README.md");
    let mut blocks = readme.split("```").skip(1).step_by(2).filter_map(|it| it.strip_prefix("python\n"));
    blocks.find(|block| block.contains(line)).unwrap()
}

#[test]
fn the_python_of_the_documentation_runs() {
    let venv = peers::require!();
    let talk = pty::open().unwrap();
    let path = talk.link().path().to_owned();
    let _board = talk.serve(RobotServer::new(MyRobot)).spawn();
    let folder = folder("readme");
    let typed = include_str!("typed.py").replace("/dev/ttyUSB0", &path);
    for library in ["serialtalk", "serialtalk_peer"] {
        let typed = typed.replace("from serialtalk import", &format!("from {library} import"));
        let program = format!("{typed}\n{}\nprint(ack, round(value, 1))\n", block("ack, value ="));
        assert_eq!(
            printed(&venv, Interpreter::CPython, &folder, &program),
            "554.6000366210938 9.75\n\
             led: argument hue: 70000 does not fit H (0 to 65535)\n\
             multack 554.6\n"
        );
    }
}

#[test]
fn the_main_py_of_the_readme_serves_the_trait() {
    let venv = peers::require!();
    let main = folder("readme_board").join("main.py");
    fs::write(&main, block("from serialtalk.auto import SerialTalk")).unwrap();
    let mut talk = pty::open().unwrap();
    talk.set_timeout(Timeout::Ms(60_000));
    let line = Line::path(talk.link().path()).word();
    let _board = venv.script(Interpreter::MicroPython, "esp32.py", &[&line, main.to_str().unwrap()]);
    let mut robot = RobotClient::connect(talk).unwrap();
    assert_eq!(robot.mult(5.9, 94.0).unwrap(), 5.9 * 94.0);
    assert_eq!(robot.imu().unwrap(), Imu { x: 0.0, y: 0.1, z: 9.8 });
}

#[test]
fn connections_and_uarts_carry_calls() {
    let venv = peers::require!();
    let server = tcp::serve("127.0.0.1:0", RobotServer::new(MyRobot)).unwrap();
    let port = server.local_addr().port();
    let _server = server.spawn();
    let folder = folder("connections");
    for interpreter in Interpreter::ALL {
        for library in ["serialtalk", "serialtalk_peer"] {
            let program = format!(
                "import sys\nsys.path.append('.')\n\
                 from {library} import SerialTalk\n\
                 from robot import RobotClient\n\
                 from serialtalk_devices import Connection, Uart\n\
                 class Wire:\n\
                 \x20   def __init__(self): self.device = Connection('127.0.0.1', {port})\n\
                 \x20   def any(self): return self.device.any()\n\
                 \x20   def read(self, n): return self.device.read(n) or None\n\
                 \x20   def write(self, data): self.device.write(data[:5]); return len(data[:5])\n\
                 for device in Connection('127.0.0.1', {port}), Uart(Wire()):\n\
                 \x20   robot = RobotClient(SerialTalk(device))\n\
                 \x20   print(robot.mult(1.5, 2.0), robot.imu().z)\n\
                 \x20   print(device.read(9))\n"
            );
            let expected = "3.0 9.75\nb''\n".repeat(2);
            assert_eq!(printed(&venv, interpreter, &folder, &program), expected, "{interpreter:?} {library}");
        }
    }
}
