_st_read = sys.stdin.buffer.read
