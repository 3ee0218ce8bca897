"""Calls a board on a serial port from CPython: `python calls.py /dev/ttyUSB0`."""

import sys

from robot import RobotClient
from serialtalk import SerialTalk
from serialtalk_devices import SerialPort

robot = RobotClient(SerialTalk(SerialPort(sys.argv[1])))
print(robot.mult(2.0, 3.0))
robot.led(120)
try:
    robot.led(70000)
except ValueError as error:
    print(error)
