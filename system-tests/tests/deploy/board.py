"""A counter: what the tests put on a board."""

from serialtalk_peer import SerialTalk

sum_so_far = 0


def mult(a, b):
    return a * b


def add(n):
    global sum_so_far
    sum_so_far += n
    return sum_so_far


def total():
    return sum_so_far


def greet(name):
    return "hello " + name


def store(at, data):
    return at + len(data)


def load(count):
    return bytes(range(count))


def fail():
    raise ValueError("on purpose")


st = SerialTalk()
st.add_command(mult, "f", "mult")
st.add_command(add, "i", "add")
st.add_command(total, "i", "total")
st.add_command(greet, "repr", "greet")
st.add_command(store, "I", "store")
st.add_command(load, "raw", "load")
st.add_command(fail, "", "fail")
st.loop()
