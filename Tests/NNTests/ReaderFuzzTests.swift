import Foundation
import NN
import Platform
import Synchronization
import Testing

/// Whatever a file holds, its reader gives a data set whose parts agree, or an error that names the
/// file: never a crash, a wait, or memory that has no relation to the file's size.
@Suite(.timeLimit(.minutes(10))) struct ReaderFuzzTests {
    /// A way to read a file, from good ones that are then changed.
    struct Reader: Sendable, CustomTestStringConvertible {
        let name: String
        let files: [[UInt8]]
        let read: @Sendable (String) throws -> Dataset

        var testDescription: String { name }
    }

    @Test(arguments: readers) func everyFileIsReadOrRefused(_ reader: Reader) throws {
        for (number, file) in reader.files.enumerated() {
            try withFile(file) { _ = try reader.read($0) }
            var mutator = Mutator(seed: UInt64(number + 1))
            for round in 0..<casesPerReader / reader.files.count {
                let bytes = mutator.changed(file)
                // A file of its own each time: to write one anew may wait for the disk.
                try withFile(bytes) { path in
                    check(path, bytes, "file \(number + 1), case \(round + 1)", reader.read)
                }
            }
        }
    }

    /// Every single byte of the binary headers, changed to the values that hurt most.
    @Test(arguments: ["i1.npy", "stored.npz", "deflated.npz", "zip64.npz"])
    func noChangedByteDoesHarm(_ name: String) throws {
        let file = bytes(name)
        for place in file.indices {
            for value: UInt8 in [0, 0x7F, 0xFF] {
                var changed = file
                changed[place] = value
                try withFile(changed) { path in
                    check(path, changed, "byte \(place), value \(value)") {
                        name.hasSuffix("npz")
                            ? try Dataset(npz: $0, features: "x", labels: "y")
                            : try Dataset(npyFeatures: $0, labels: fixture("labels.npy"))
                    }
                }
            }
        }
    }

    private func check(
        _ path: String, _ bytes: [UInt8], _ place: String, _ read: (String) throws -> Dataset
    ) {
        let budget = CountingBudget()
        do {
            let data = try MemoryBudgets.$current.withValue(budget) { try read(path) }
            #expect(isConsistent(data), "\(place): \(show(bytes))")
        } catch let error as DatasetError {
            let text = error.description
            #expect(text.contains(path), "\(place): \(text)")
            #expect(text.utf8.count < 2 * path.utf8.count + 3000, "\(place): \(text)")
            #expect(!text.contains("\n"), "\(place): \(text)")
        } catch {
            Issue.record("\(place): \(error), \(show(bytes))")
        }
        let most = budget.most.load(ordering: .relaxed)
        #expect(most <= 1 << 20 + 3000 * bytes.count, "\(place): \(most) bytes")
    }

    private func isConsistent(_ data: Dataset) -> Bool {
        guard data.rows > 0, data.columns > 0 else { return false }
        guard data.featureNames.isEmpty || data.featureNames.count == data.columns else {
            return false
        }
        return (0..<data.rows).allSatisfy { row in
            let features = data.features(at: row)
            let hasTarget =
                data.outputs == 0
                ? data.classes.contains(data.label(at: row)!)
                : data.values(at: row).count == data.outputs
                    && data.values(at: row).allSatisfy(\.isFinite)
            return features.count == data.columns && features.allSatisfy(\.isFinite) && hasTarget
        }
    }

    private func show(_ bytes: [UInt8]) -> String {
        "base64 \(Data(bytes.prefix(4000)).base64EncodedString())"
    }
}

/// Cases for each reader, all from the same seed.
private let casesPerReader = 1000

/// Grants everything and remembers the most that was held at a time.
private final class CountingBudget: MemoryBudget {
    private let held = Atomic(0)
    let most = Atomic(0)

    func take(_ bytes: Int) -> Bool {
        let now = held.wrappingAdd(bytes, ordering: .relaxed).newValue
        most.max(now, ordering: .relaxed)
        // More than any of these files may need is not granted, so that nothing is that large.
        return now <= 1 << 28
    }
    func give(_ bytes: Int) { held.wrappingSubtract(bytes, ordering: .relaxed) }
}

private let readers: [ReaderFuzzTests.Reader] = {
    let (images, labels, number) = (fixture("images.gz"), fixture("labels.gz"), fixture("i1.npy"))
    let tables = [
        "a,b,kind\n1,2,x\n-3.5,4e2,y\n0,\"7\",x\n", "a,b,kind\r\n1,u,1\r\n2,v,2\r\n3,u,1.5",
        "\u{FEFF}kind,\"a \"\"1\"\"\",b\n\"p, q\",1,0.5\n\n r ,2,.25\n",
    ].map { Array($0.utf8) }
    let numbers = Array("a,kind,b\n1,2,3\n4,-5.5,6\n7,8e1,9\n".utf8)
    let arrays = [
        "half", "big-f4", "little-f8", "fortran", "version-2", "i2", "big-u2", "u8", "bool", "cube",
        "cube-fortran", "pixels",
    ]
    let columns = [
        "labels", "labels-column", "labels-float", "labels-bool", "labels-half", "labels-text",
        "labels-big-text", "labels-bytes",
    ]
    return [
        .init(name: "IDX images", files: [unpacked, bytes("images.gz"), bytes("parts.gz")]) {
            try Dataset(idxImages: $0, labels: labels)
        },
        .init(
            name: "IDX labels",
            files: [[0, 0, 8, 1, 0, 0, 0, 4, 3, 1, 3, 2], bytes("labels.gz")]
        ) {
            try Dataset(idxImages: images, labels: $0)
        },
        .init(name: "CSV", files: [tables[0], tables[2]]) { try Dataset(csv: $0, label: "kind") },
        .init(name: "CSV, columns of text", files: tables) {
            try Dataset(csv: $0, label: "kind", oneHot: .text)
        },
        .init(name: "CSV, a named column of text", files: tables.dropLast()) {
            try Dataset(csv: $0, label: "kind", oneHot: .named(["b"]))
        },
        .init(name: "CSV, numbers to predict", files: [numbers]) {
            try Dataset(csv: $0, label: "kind", regression: true)
        },
        .init(name: "CSV like another", files: [tables[1]]) {
            try Dataset(csv: $0, label: "kind", like: training)
        },
        .init(name: "CSV as it comes", files: [odd]) { path in
            try Dataset(csv: path, oddOptions)
        },
        .init(name: "CSV with holes, like another", files: [odd]) { path in
            var options = oddOptions
            options.columns = .all
            options.oneHot = .none
            options.missing = nil
            options.like = try withFile(odd) { try Dataset(csv: $0, oddOptions) }
            return try Dataset(csv: path, options)
        },
        .init(name: "ARFF", files: [denseARFF, sparseARFF]) { path in
            var options = ARFFOptions()
            options.missing = .mean
            return try Dataset(arff: path, options)
        },
        .init(
            name: "scipy's sparse matrices",
            files: ["csr", "csc", "coo", "twice"].map { bytes("sparse-\($0).npz") }
        ) { try Dataset(scipySparse: $0, labels: fixture("labels.npy")) },
        .init(name: "LIBSVM", files: [bytes("one-based.libsvm"), bytes("zero-based.libsvm")]) {
            try Dataset(libsvm: $0)
        },
        .init(name: "LIBSVM, numbers to predict", files: [bytes("values.libsvm")]) {
            try Dataset(libsvm: $0, regression: true, features: 4)
        },
        .init(name: "NumPy features", files: arrays.map { bytes("\($0).npy") }) {
            try Dataset(npyFeatures: $0, labels: fixture("labels.npy"))
        },
        .init(name: "NumPy pixels", files: [bytes("pixels.npy")]) {
            try Dataset(npyFeatures: $0, labels: fixture("labels.npy"), pixels: true)
        },
        .init(name: "NumPy labels", files: columns.map { bytes("\($0).npy") }) {
            try Dataset(npyFeatures: number, labels: $0)
        },
        .init(name: "NumPy numbers to predict", files: arrays.map { bytes("\($0).npy") }) {
            try Dataset(npyFeatures: number, labels: $0, regression: true)
        },
        .init(
            name: "NumPy archives",
            files: ["stored", "deflated", "zip64"].map { bytes("\($0).npz") }
        ) { try Dataset(npz: $0, features: "x", labels: "y") },
    ]
}()

private let odd = Array(
    "2;3\n# made by hand\nid;a;b;kind\n1;1.234,5;u;x\n2;?;v;y # no price\n3;;u;x\n".utf8)

private let oddOptions: CSVOptions = {
    var options = CSVOptions(label: "kind")
    options.columns = .without(["id"])
    options.oneHot = .named(["b"])
    (options.missing, options.standardize) = (.mean, true)
    (options.format.separator, options.format.decimal) = (";", ",")
    (options.format.thousands, options.format.comment) = (".", "#")
    options.format.skippedLines = 1
    return options
}()

private let denseARFF =
    Array(
        "% one\n@relation r\n@attribute a real\n@attribute 'b c' {u,\"v w\"}\n@attribute d {1,2}\n@data\n"
            .utf8) + Array("1,u,1\n?,'v w',2 % two\n3e2,u,1\n".utf8)

private let sparseARFF =
    Array(
        "@RELATION r\r\n@ATTRIBUTE a INTEGER\r\n@ATTRIBUTE b NUMERIC\r\n@ATTRIBUTE y STRING\r\n@DATA\r\n"
            .utf8) + Array("{0 1, 2 u}\r\n{1 -.5, 2 'v w'}\r\n{2 ?x}\r\n".utf8)

private let training = try! withFile(Array("a,b,kind\n1,u,1\n2,v,2\n".utf8)) {
    try Dataset(csv: $0, label: "kind", oneHot: .text)
}

/// Four images of 2 × 2 pixels.
private let unpacked: [UInt8] =
    [0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 2] + (0..<16).map { $0 * 17 }

private func bytes(_ name: String) -> [UInt8] { try! fixtureBytes(name) }
