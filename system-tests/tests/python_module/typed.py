from serialtalk import SerialTalk  # or the small peer: from serialtalk_peer
from serialtalk_devices import SerialPort  # or Connection, over TCP, or Uart, of a MicroPython board
from robot import RobotClient, RobotServer

st = SerialTalk(SerialPort("/dev/ttyUSB0"))
robot = RobotClient(st)  # compares signatures
print(robot.mult(5.9, 94.0), robot.imu().z)  # named tuples, hints and documentation come from the trait
try:
    robot.led(70000)
except ValueError as error:
    print(error)  # led: argument hue: 70000 does not fit H (0 to 65535)


class MyRobot(RobotServer):  # the other way round: serves what the trait says
    def mult(self, a, b):
        return a * b


MyRobot().register(st)
