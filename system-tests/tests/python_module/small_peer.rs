//! The small peer on a device that is made for it.

use peers::Interpreter;

use crate::Module;

/// A SerialTalk on a device that always has one more request, and what it does.
const PROGRAM: &str = "
import sys
sys.path.append(sys.argv[1])
from collections import namedtuple
from serialtalk_peer import SerialTalk, wrap, encode, decode

class Busy:
    def __init__(self, name):
        self.written = []
        self.frame = wrap(name, encode(()))
    def any(self):
        return len(self.frame)
    def read(self, n):
        return self.frame
    def write(self, data):
        if len(self.written) < 9:
            self.written.append(data)

def reply(value, form):
    device = Busy('get')
    st = SerialTalk(device)
    st.add_command(lambda: value, form, 'get')
    st.process()
    data = device.written[0]
    return decode(data[3 + data[2]:-1])

st = SerialTalk(Busy('ping'), timeout=20)
st.add_command(lambda: None, '', 'ping')
st.call('alarm')
before = [frame[3:8] for frame in st.device.written].index(b'alarm')
print('answered before the call:', before)
Imu = namedtuple('Imu', ['x', 'y'])
print(reply([1, 2], '2B'), reply((1, 2), '2B'), reply(Imu(1, 2), '2B'), reply(7, 'B'))
print(reply([1, 2], 'repr'), reply(Imu(1, 2), 'repr'), reply(b'ab', 'raw'))
print(reply([1, 2, 3], '2B')[:24])
";

#[test]
fn a_busy_caller_leaves_room_for_calls_and_lists_are_values() {
    let Some(module) = Module::new("small_peer") else { return };
    for interpreter in Interpreter::ALL {
        let mut python = module.venv.command(interpreter);
        let program = module.folder.join("program.py");
        std::fs::write(&program, PROGRAM).unwrap();
        let output = python.arg(&program).arg(&module.folder).output().unwrap();
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let expected = "answered before the call: 2\n\
                        (1, 2) (1, 2) (1, 2) 7\n\
                        [1, 2] (1, 2) b'ab'\n\
                        Response packing failed:\n";
        assert_eq!(printed, expected, "{interpreter:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
