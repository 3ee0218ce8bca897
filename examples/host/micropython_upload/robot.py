"""What the board does: sent to it, started and called by the program beside this file."""

import sys

from serialtalk_peer import SerialTalk

hue = 0


def mult(a, b):
    return a * b


def imu():
    return 0.0, 0.125, 9.75


def led(degrees):
    global hue
    hue = degrees


def status():
    return "%s, lamp at %d degrees" % (sys.platform, hue)


st = SerialTalk()
st.add_command(mult, "f", "mult")
st.add_command(imu, "3f", "imu")
st.add_command(led, "", "led")
st.add_command(status, "repr", "status")
st.loop()
