def _st_same(path, size, digest):
    try:
        return _st_size(path) == size and _st_print(path) == digest
    except OSError:
        return False
