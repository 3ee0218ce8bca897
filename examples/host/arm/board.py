"""A robot arm without motors, in MicroPython, with the commands of the crate `arm`.

A host puts it on a board with `include_board!("board.py")`. It needs nothing there but MicroPython. Where an arm in Rust sends a
`MoveError`, it raises: the host gets the text, as `Refused`.
"""

from serialtalk_peer import SerialTalk, now, since

REACH = ((-170, 170), (-110, 110), (-150, 150), (-170, 170), (-120, 120), (-170, 170))
FASTEST = 180  # Degrees per second.
HOMING_SPEED = 120
TABLE = -80  # Where the shoulder meets a table that the arm does not know.


class Arm:
    def __init__(self):
        self.angles = [20.0, -35.0, 70.0, 0.0, 25.0, -90.0]
        self.closed = False
        self.motion = None  # The target, the speed, how many joints turn at a time, how far it is.
        self.outcome = "Idle"
        self.stopped = False
        self.news = []
        self.time = now()

    def step(self):
        """Turns the joints by as much as they turn in the time since the last step."""
        seconds = since(self.time) / 1000
        self.time = now()
        if not self.motion:
            return
        target, speed, at_a_time, _ = self.motion
        turning = [joint for joint in range(6) if self.angles[joint] != target[joint]]
        for joint in turning[:at_a_time]:
            left = target[joint] - self.angles[joint]
            turned = max(-speed * seconds, min(speed * seconds, left))
            self.angles[joint] = target[joint] if turned == left else self.angles[joint] + turned
        if self.angles[1] < TABLE:
            self.angles[1] = float(TABLE)
            self.alarm(("Collision", 1))
        elif not self.left(target):
            self.end("Done")

    def left(self, target):
        return sum([abs(a - b) for a, b in zip(target, self.angles)])

    def start(self, target, speed, at_a_time):
        if self.stopped:
            raise ValueError("Stopped")
        if self.motion:
            raise ValueError("Busy")
        self.motion = target, speed, at_a_time, self.left(target)

    def end(self, outcome):
        if self.motion:
            self.motion = None
            self.outcome = outcome
            self.news.append(("on_done", outcome))

    def alarm(self, alarm):
        if not self.stopped:
            self.stopped = True
            self.news.append(("on_alarm", alarm))
            self.end(("Failed", alarm))

    # The commands.

    def name(self):
        return "arm in Python"

    def joints(self):
        return tuple(self.angles)

    def temperatures(self):
        return (22.0,) * 6

    def grip(self, closed):
        self.closed = closed

    def move_to(self, *numbers):
        target, speed = numbers[:6], numbers[6]
        if not 0 < speed <= FASTEST:
            raise ValueError("Speed(most=%d)" % FASTEST)
        for joint in range(6):
            least, most = REACH[joint]
            if not least <= target[joint] <= most:
                raise ValueError("OutOfReach(joint=%d, least=%d, most=%d)" % (joint, least, most))
        self.start(target, speed, 6)

    def start_homing(self):
        self.start((0.0,) * 6, HOMING_SPEED, 1)

    def progress(self):
        if not self.motion:
            return self.outcome
        target, _, _, whole = self.motion
        return "Running", int(100 - 100 * self.left(target) / whole) if whole else 0

    def cancel(self):
        self.end("Cancelled")

    def home(self):
        self.start_homing()
        while self.motion:
            self.step()
        if self.stopped:
            raise ValueError("Stopped")

    def stop(self):
        self.alarm("EmergencyStop")

    def reset(self):
        self.stopped = False


def turn():
    arm.step()
    while arm.news:
        name, value = arm.news.pop(0)
        st.send_command(name, "repr", value)


arm = Arm()
st = SerialTalk()
st.add_command(arm.name, "repr", "name")
st.add_command(arm.joints, "6f", "joints")
st.add_command(arm.temperatures, "6f", "temperatures")
st.add_command(arm.grip, "", "grip")
st.add_command(arm.move_to, "", "move_to")
st.add_command(arm.start_homing, "", "start_homing")
st.add_command(arm.progress, "repr", "progress")
st.add_command(arm.cancel, "", "cancel")
st.add_command(arm.home, "", "home")
st.add_command(arm.stop, "", "stop")
st.add_command(arm.reset, "", "reset")
st.loop(turn, 10)
