def _st_decode(data):
    if b"\x1b" in data:
        return data.replace(b"\x1bC", b"\x03").replace(b"\x1bD", b"\x04").replace(b"\x1b[", b"\x1b")
    return data
