def _st_undo(file, path):
    for undo in file.close, lambda: os.remove(path):
        try:
            undo()
        except OSError:
            pass
def _st_receive(path):
    read = sys.stdin.buffer.read
    file = open(path, "wb")
    try:
        while True:
            print("\x06", end="")
            size = int(read(4), 16)
            if not size:
                break
            data = _st_decode(read(size))
            if file.write(data) != len(data):
                raise OSError(28)
        file.close()
    except BaseException as error:
        _st_undo(file, path)
        raise error
