import hashlib, os, sys
def _st_short(path, size, digest, escaped, data=None):
    def same(path):
        with open(path, "rb") as file:
            return hashlib.sha256(file.read(size + 1)).digest() == digest
    try:
        if same(path):
            return print(end="=")
    except OSError:
        pass
    if data is None:
        # Where there is no room for it, nothing is sent.
        bytearray(4 * escaped)
        print(end="\x06")
        data = sys.stdin.buffer.read(escaped)
        if size < escaped:
            data = _st_decode(data)
    part = path + ".part"
    with open(part, "wb") as file:
        file.write(data)
    if same(part):
        os.rename(part, path)
        getattr(os, "sync", int)()
        print(end="+")
