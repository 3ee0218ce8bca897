"""A module for the command `module`: adds commands when it is asked for by name."""

import sys

if sys.implementation.name == "cpython" and sys.version_info >= (3, 13):
    # SerialTalk imports a module by `exec` and then looks for its name, where since 3.13 there is none.
    sys.modules["serialtalk.serialtalk"].spare = sys.modules[__name__]


def add_commands(st):
    st.add_command(spare_sum, "i", "spare_sum")
    st.add_command(lambda: "spare", "repr", "spare_name")


def spare_sum(*numbers):
    return sum(numbers)
