import hashlib, os, sys
def _st_short(path, size, escaped, digest):
    def same(path):
        with open(path, "rb") as file:
            return hashlib.sha256(file.read(size + 1)).digest() == digest
    try:
        if same(path):
            return print("=")
    except OSError:
        pass
    # Where there is no room for it, nothing is sent.
    bytearray(4 * escaped)
    print("\x06")
    data = sys.stdin.buffer.read(escaped)
    part = path + ".part"
    with open(part, "wb") as file:
        file.write(data if size == escaped else _st_decode(data))
    if same(part):
        os.rename(part, path)
        getattr(os, "sync", int)()
        print("+")
