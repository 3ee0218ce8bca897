"""A robot that asks a Rust program for its way: the `main.py` of a MicroPython board."""

from serialtalk.auto import SerialTalk


def drive(st):
    print(st.call("arrived"))  # ('arrivederr', ('Command failed: TooFar(metres=2.5)', (2.5,)))
    print(st.call("distance", "4f", 0, 0, 3, 4))  # ('distanceack', 5.0)
    print(st.call("way", "repr", (0, 0), (3, 4)))  # ('wayack', [(0, 0), (3, 0), (3, 4)])
    print(st.call("places", "repr", "do"))  # ('placesack', ['dock', 'door'])
    print(st.call("arrived"))  # ('arrivedack', ())


if __name__ == "__main__":
    drive(SerialTalk())
