import gc, os, sys
def _st_about():
    gc.collect()
    binary = hasattr(getattr(sys, "stdin", None), "buffer")
    return sys.platform, hasattr(os, "mkdir"), hasattr(os, "rename"), binary, gc.mem_free()
