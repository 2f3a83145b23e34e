"""Small data sets in the files of those who made the formats, for the tests of the readers.

All hold the same four rows of three features, 0.5 · (row · 3 + column) − 1 unless the type is an
integer, and the labels 3, 1, 3, 2.
"""

import gzip
import pathlib
import zipfile

import numpy as np
import scipy.sparse
from sklearn.datasets import dump_svmlight_file

folder = pathlib.Path(__file__).parent / "datasets"
folder.mkdir(exist_ok=True)
features = np.arange(12).reshape(4, 3) * 0.5 - 1
labels = np.array([3, 1, 3, 2])


def idx(array):
    sizes = b"".join(size.to_bytes(4, "big") for size in array.shape)
    return bytes([0, 0, 8, array.ndim]) + sizes + array.astype(np.uint8).tobytes()


def save(name, array):
    np.save(folder / f"{name}.npy", array)


for name in ["<f4", ">f4", "<f8", ">f8"]:
    save(name.replace("<", "little-").replace(">", "big-"), features.astype(name))
for name in ["i1", "i2", "i4", "i8"]:
    save(name, (features * 2).astype(name))
for name in ["u1", "u2", "u4", "u8", ">u2"]:
    save(name.replace(">", "big-"), (features * 2 + 2).astype(name))
save("bool", features > 1)
save("half", features.astype("<f2"))
save("big-half", features.astype(">f2"))
edges = [[2**-24, 65504], [-0.0, -(2**-14)], [2**-14 - 2**-24, 1], [-2.5, 0.1]]
save("half-edges", np.array(edges, np.float16))
save("text-table", np.full((4, 3), "a"))
save("complex", features.astype(np.complex64))
save("fortran", np.asfortranarray(features))
cube = np.arange(24).reshape(4, 3, 2)
save("cube", cube)
save("cube-fortran", np.asfortranarray(cube))
save("pixels", (np.arange(16).reshape(4, 2, 2) * 17).astype(np.uint8))
save("labels", labels)
save("labels-column", labels.astype(np.uint8)[:, None])
save("labels-float", labels + 0.5)
save("labels-bool", labels > 2)
save("labels-half", (labels + 0.5).astype(np.float16))
text = np.array(["ρ", "red", "ρ", "blå"])
save("labels-text", text)
save("labels-big-text", text.astype(text.dtype.newbyteorder(">")))
save("labels-bytes", np.array([b"x y", b"red", b"x y", b"b"]))
save("scalar", np.float64(3))
save("records", np.zeros(4, [("a", "f4"), ("b", "i4")]))
with open(folder / "version-2.npy", "wb") as file:
    np.lib.format.write_array(file, features, version=(2, 0))
with open(folder / "version-3.npy", "wb") as file:
    np.lib.format.write_array(file, features, version=(3, 0))
np.savez(folder / "stored.npz", x=features, y=labels)
np.savez_compressed(folder / "deflated.npz", x=features, y=labels)
# As if 4 GB ended after 200 bytes: x is larger, y and the directory lie behind.
zipfile.ZIP64_LIMIT = 200
np.savez(folder / "zip64.npz", x=features, y=labels)

# Five of the twelve numbers are zero, with all of the last row.
thin = features.copy()
thin[0] = [0, -0.5, 0]
thin[3] = 0
for kind in ["csr", "csc", "coo", "bsr", "dia"]:
    scipy.sparse.save_npz(
        folder / f"sparse-{kind}.npz", scipy.sparse.coo_array(thin).asformat(kind), compressed=True
    )
twice = scipy.sparse.coo_array(([1.0, 2.5, 4.0], ([0, 0, 3], [1, 1, 2])), shape=(4, 3))
scipy.sparse.save_npz(folder / "sparse-twice.npz", twice, compressed=False)
np.save(folder / "labels-object.npy", np.array(["ρ", "red", "ρ", "blå"], object), allow_pickle=True)

for zero_based in [False, True]:
    name = f"{'zero' if zero_based else 'one'}-based.libsvm"
    dump_svmlight_file(
        features, labels, str(folder / name), zero_based=zero_based, comment="made by scikit-learn"
    )
dump_svmlight_file(features, labels + 0.25, str(folder / "values.libsvm"), zero_based=False)

images = idx(np.arange(16).reshape(4, 2, 2) * 17)
with gzip.GzipFile(folder / "images.gz", "wb", mtime=0) as file:
    file.write(images)
with gzip.GzipFile(folder / "labels.gz", "wb", mtime=0) as file:
    file.write(idx(labels))
# Two parts, one after the other, are one file to gzip.
parts = gzip.compress(images[:20], mtime=0) + gzip.compress(images[20:], mtime=0)
(folder / "parts.gz").write_bytes(parts)
