def _st_print(path):
    a = b = 1
    with open(path, "rb") as file:
        while True:
            data = file.read(32)
            if not data:
                return a, b
            for c in data:
                a = (a * 31 + c) % 16777213
                b = (b * 37 + c) % 16777199
