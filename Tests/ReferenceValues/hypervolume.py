"""Golden hypervolumes and fronts for HypervolumeGoldenTests, from moocore 0.3.2 (PyPI).

The points are those of RandomStream (random_stream.py), so that only the results are kept.
"""

import moocore
import numpy

from random_stream import stream


def points(objectives, count):
    numbers = stream(7, "golden points", objectives, count)
    return numpy.array(
        [[(next(numbers) >> 11) * 2.0**-53 for _ in range(objectives)] for _ in range(count)]
    )


if __name__ == "__main__":
    for objectives in range(2, 7):
        for count in (1, 10, 60):
            cloud = points(objectives, count)
            volume = moocore.hypervolume(cloud, ref=numpy.full(objectives, 1.1))
            front = int(moocore.is_nondominated(cloud).sum())
            print(f"({objectives}, {count}, {float(volume)!r}, {front}),")
