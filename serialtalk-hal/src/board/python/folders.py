def _st_size(path):
    return os.stat(path)[6]
def _st_list(path):
    found = []
    for name in os.listdir(path or "."):
        mode = os.stat(path.rstrip("/") + "/" + name if path else name)
        found.append((name, mode[0] & 0x4000 != 0, mode[6]))
    return found
def _st_remove(path):
    if os.stat(path)[0] & 0x4000:
        for name in os.listdir(path):
            _st_remove(path + "/" + name)
        os.rmdir(path)
    else:
        os.remove(path)
def _st_folder(path):
    try:
        if os.stat(path)[0] & 0x4000:
            return
    except OSError:
        pass
    os.mkdir(path)
