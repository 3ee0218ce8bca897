def _st_send(path, size):
    with open(path, "rb") as file:
        while True:
            data = file.read(size)
            if not data:
                break
            # At once, and not byte by byte.
            print(repr(data))
