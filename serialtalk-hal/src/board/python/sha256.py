import hashlib
def _st_print(path):
    hash = hashlib.sha256()
    with open(path, "rb") as file:
        while True:
            data = file.read(512)
            if not data:
                return hash.digest()
            hash.update(data)
