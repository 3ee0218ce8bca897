"""A module for the command `module`: adds commands when a peer requests it by name."""

import sys

if sys.implementation.name == "cpython" and sys.version_info >= (3, 13):
    # SerialTalk imports a module by `exec` and then looks up its name, which since 3.13 is not defined there.
    sys.modules["serialtalk.serialtalk"].spare = sys.modules[__name__]


def add_commands(st):
    st.add_command(spare_sum, "i", "spare_sum")
    st.add_command(lambda: "spare", "repr", "spare_name")


def spare_sum(*numbers):
    return sum(numbers)
