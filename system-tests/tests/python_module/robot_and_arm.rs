//! The modules of the robot and of the arm: every command, between the original package and the small peer, both ways.

use std::fs;
use std::path::PathBuf;

use peers::{Interpreter, Line};

/// Implements every command of the interfaces, and calls every one. Prints the values.
const PROGRAM: &str = r#"
import sys
where, library, role, folder, scripts = sys.argv[1:]
sys.path.extend([folder, scripts])
from device import Closed, NullDevice, open_lines
from things import *

class MyRobot(RobotServer):
    def mult(self, a, b): return a * b
    def imu(self): return [0.0, 0.5, 9.75]
    def led(self, hue): self.hue = hue
    def name(self): return "it's %d" % self.hue
    def set_color(self, rgb): self.hue = rgb[0]
    def echo64(self, bytes_): return bytes_
    def calibrate(self): raise ValueError("it moves")
    def show(self, text): self.hue = len(text)

class MyHost(HostServer):
    def log(self, line): self.line = line
    def uptime(self): return 4000000000

class MyArm(ArmServer):
    def name(self): return "arm"
    def joints(self): return [0.5, 1.5, 2.5, 3.5, 4.5, 5.5]
    def temperatures(self): return (20.5,) * 6
    def grip(self, closed): self.closed = closed
    def move_to(self, target, speed): self.target = target
    def start_homing(self): raise ValueError("busy")
    def progress(self): return ("Running", 50) if self.closed is True else "Done"
    def cancel(self): self.closed = False
    def home(self): pass
    def stop(self): self.closed = False
    def reset(self): self.closed = True

class MyArmHost(ArmHostServer):
    def on_alarm(self, alarm): self.alarm = alarm
    def on_done(self, outcome): self.outcome = outcome
    def log(self, line): self.line = line

def caught(call, *arguments):
    try:
        return call(*arguments)
    except Exception as error:
        return type(error).__name__ + ": " + str(error)

def calls(st):
    robot = RobotClient(st)
    print(robot.mult(1.5, 2.0), robot.imu().z, robot.led(300), robot.name())
    print(robot.set_color(b"\x07\x00\xff"), robot.echo64(bytes(range(64))) == bytes(range(64)), robot.name())
    print(robot.show("text"), robot.name(), caught(robot.calibrate), caught(robot.led, 70000))
    host = HostClient(st)
    print(host.log("line"), host.uptime())
    arm = ArmClient(st)
    print(arm.joints(), arm.temperatures() == (20.5,) * 6, arm.grip(True), arm.progress())
    print(arm.move_to([1, 2, 3, 4, 5, 6], 9.5), caught(arm.start_homing), caught(arm.move_to, [1], 2.0))
    print(arm.cancel(), arm.progress(), arm.reset(), arm.progress(), arm.home(), arm.stop(), arm.progress())
    alarm = ArmHostClient(st)
    print(alarm.on_alarm(("Overheated", 3, 70.5)), alarm.on_done("Done"), alarm.log("x"))

st = __import__(library).SerialTalk(NullDevice(), timeout=60000)
if role == "serve":
    # The robot's `name` and the host's `log` are the last ones.
    for server in MyArm(), MyArmHost(), MyHost(), MyRobot():
        server.register(st)
lines = open_lines(where)
print("ready")
device = next(iter(lines))
if library == "serialtalk":
    st.serial = device
else:
    st.device = device
if role == "call":
    calls(st)
    print("done")
    sys.stdin.read()
try:
    while role == "serve":
        st.process()
except Closed:
    pass
"#;

const EXPECTED: &[&str] = &[
    "3.0 9.75 None it's 300",
    "None True it's 7",
    "None it's 4 Refused: calibrate: Command failed: it moves ValueError: led: argument hue: 70000 does not fit H (0 to 65535)",
    "None 4000000000",
    "(0.5, 1.5, 2.5, 3.5, 4.5, 5.5) True None ('Running', 50)",
    "None Refused: start_homing: Command failed: busy ValueError: move_to: argument target: [1] does not fit: 6 values are due, got 1",
    "None Done None ('Running', 50) None None Done",
    "None None None",
];

#[test]
fn the_robot_and_the_arm_are_called_and_served_by_every_python() {
    let venv = peers::require!();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("python_robot_and_arm");
    fs::create_dir_all(&folder).unwrap();
    let interfaces =
        [robot::ROBOT_INTERFACE, robot::HOST_INTERFACE, arm::ARM_INTERFACE, arm::ARM_HOST_INTERFACE];
    fs::write(folder.join("things.py"), serialtalk_python::module(&interfaces)).unwrap();
    fs::write(folder.join(serialtalk_python::PEER_FILE), serialtalk_python::PEER).unwrap();
    let program = folder.join("program.py");
    fs::write(&program, PROGRAM).unwrap();
    let scripts = concat!(env!("CARGO_MANIFEST_DIR"), "/../peers/python");
    let start = |interpreter: Interpreter, line: &Line, library: &str, role: &str| {
        let arguments = [&line.word(), library, role, folder.to_str().unwrap(), scripts];
        venv.script(interpreter, &program, &arguments)
    };
    for at_server in Interpreter::ALL {
        for at_client in Interpreter::ALL {
            for (serving, calling) in [("serialtalk", "serialtalk_peer"), ("serialtalk_peer", "serialtalk")] {
                let server = start(at_server, &Line::Listen, serving, "serve");
                let mut client = start(at_client, &Line::Connect(server.address()), calling, "call");
                for expected in EXPECTED {
                    assert_eq!(
                        client.line(),
                        *expected,
                        "{at_client:?} {calling} calls {at_server:?} {serving}"
                    );
                }
            }
        }
    }
}
