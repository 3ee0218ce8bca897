"""A weather station that knows nothing of Rust: the `main.py` of a MicroPython board."""

from serialtalk.auto import SerialTalk

shown = "weather"


def temperature():
    return 21.5


def air():
    return 1013.25, 48


def history(most):
    if most == 0:
        raise ValueError("no readings asked for")
    return [20.0, 20.75, 21.25, 21.5][-most:]


def rename(name):
    global shown
    shown = name


def name():
    return shown


def serve(st):
    st.add_command(temperature, "f", name="temperature")
    st.add_command(air, "fB", name="air")
    st.add_command(history, "repr", name="history")
    st.add_command(rename, name="rename")
    st.add_command(name, "repr", name="name")
    st.loop()


if __name__ == "__main__":
    serve(SerialTalk())
