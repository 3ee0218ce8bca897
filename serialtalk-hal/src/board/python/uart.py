def _st_read(size):
    from microbit import uart
    data = b""
    while len(data) < size:
        data += uart.read(size - len(data)) or b""
    return data
