"""What the board does: `serialtalk deploy micropython` puts this on it."""

from robot import Imu, RobotServer
from serialtalk_peer import SerialTalk


class Board(RobotServer):
    def __init__(self):
        self.rgb = (0, 0, 0)

    def mult(self, a, b):
        return a * b

    def imu(self):
        return Imu(self.rgb[0], 0.1, 9.8)

    def set_color(self, rgb):
        self.rgb = rgb


st = SerialTalk()
Board().register(st)
st.loop()
