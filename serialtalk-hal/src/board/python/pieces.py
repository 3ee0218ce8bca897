import gc
# What stays is to lie close together, not scattered between what does not.
getattr(gc, "threshold", int)(1024)
file = open("main.st", "rb")
while True:
    size = file.readline()
    if not size:
        break
    gc.collect()
    exec(file.read(int(size)))
file = size = None
gc.collect()
