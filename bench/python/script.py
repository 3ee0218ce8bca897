# A line follower in 20 lines, as a user might try it.
GAIN = 3
LIMIT = 100


def clamp(value):
    return max(-LIMIT, min(LIMIT, value))


def steer(readings):
    wanted = sum(readings) // len(readings)
    last = wanted
    for reading in readings:
        error = wanted - reading
        turn = clamp(GAIN * error + (last - error) // 2)
        last = error
        yield LIMIT + turn, LIMIT - turn


print(list(steer([52, 47, 61, 33, 50, 78, 49])))
