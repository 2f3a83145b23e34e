"""Golden values for RandomStreamTests: SplitMix64 keyed as Sources/Engine/Random describes."""

MASK = (1 << 64) - 1
INCREMENT = 0x9E3779B97F4A7C15


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def fnv1a(text):
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = ((h ^ byte) * 0x100000001B3) & MASK
    return h


def stream(seed, purpose, *keys):
    state = mix((seed + INCREMENT) & MASK)
    state = mix(state ^ fnv1a(purpose))
    for key in keys:
        state = mix(((state + INCREMENT) & MASK) ^ mix(key & MASK))
    while True:
        state = (state + INCREMENT) & MASK
        yield mix(state)


if __name__ == "__main__":
    values = stream(1, "alpha", 2, 3)
    print(next(values), next(values))
    print(next(stream(-1, "größe")))
