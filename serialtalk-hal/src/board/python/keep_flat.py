def _st_keep(part, path, digest):
    same = _st_print(path) == digest
    if not same:
        os.remove(path)
    return same
