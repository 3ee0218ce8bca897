def _st_keep(part, path, digest):
    same = _st_print(part) == digest
    try:
        if same:
            os.rename(part, path)
            part = None
            if hasattr(os, "sync"):
                os.sync()
    finally:
        if part:
            os.remove(part)
    return same
