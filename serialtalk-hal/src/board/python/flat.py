def _st_size(path):
    return os.size(path)
def _st_list(path):
    return [(name, False, os.size(name)) for name in os.listdir()]
def _st_remove(path):
    os.remove(path)
