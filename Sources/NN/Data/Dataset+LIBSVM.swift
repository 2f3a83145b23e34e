internal import Platform

extension Dataset {
    /// A data set from a file in LIBSVM's format: a number to learn on each line, then `index:value`
    /// for every feature that is not zero, in ascending order of the indices.
    ///
    /// `#` begins a comment. The file may be gzipped. A class beyond 64 bits makes all of them text.
    ///
    /// - Parameters:
    ///   - regression: whether the first number is one to predict instead of a class.
    ///   - features: how many features there are; by default as many as the highest index says.
    ///     Needed where the last features of a training set are zero in all of a test set's rows.
    ///   - zeroBased: whether indices count from 0; nil for 1, as LIBSVM has them, unless an index 0
    ///     occurs, as scikit-learn writes them by default. A file without an index 0 may be either.
    ///   - like: another such data set, whose number of features and first index this one gets: a
    ///     test set is read like its training set.
    /// - Throws: ``DatasetError`` that names the file and the line,
    ///   ``OutOfMemory``.
    ///
    /// Source: Chang and Lin, "LIBSVM: a library for support vector machines", 2011 (README).
    public convenience init(
        libsvm path: String, regression: Bool = false, features: Int? = nil,
        zeroBased: Bool? = nil, like: Dataset? = nil
    ) throws {
        if let features, features < 1 {
            throw DatasetError.invalid(
                name: "features", expected: "an integer of at least 1", got: "\(features)")
        }
        if let like, like.layout.isZeroBased == nil {
            throw DatasetError.invalid(
                name: "like", expected: "a data set from a file in LIBSVM's format", got: like.name)
        }
        let file = try readUnpacked(path)
        var reader = LIBSVMReader(path: path, isZeroBased: like?.layout.isZeroBased ?? zeroBased)
        let bytes = UnsafeBufferPointer(start: file.pointer, count: file.count)
        try reader.read(bytes, regression: regression)
        let (columns, first) = try reader.columns(like?.columns ?? features)
        let rows = reader.rowEnds.count
        let storage = try FeatureStorage(rows: rows, columns: columns) { target in
            var entry = 0
            for (row, end) in reader.rowEnds.enumerated() {
                for (index, value) in reader.entries[entry..<end] {
                    target[row * columns + Int(index) - first] = value
                }
                entry = end
            }
        }
        try self.init(
            name: path, features: storage,
            targets: regression
                ? .values(reader.values, outputs: 1) : Targets(labels: reader.exactLabels),
            layout: FeatureLayout(isZeroBased: first == 0))
    }
}

/// Reads such a file line by line and keeps what it holds.
private struct LIBSVMReader {
    let path: String
    private(set) var labels: [ClassLabel] = []
    private(set) var values: [Float] = []
    private(set) var entries: [(index: UInt32, value: Float)] = []
    /// For each row where its entries end.
    private(set) var rowEnds: [Int] = []
    private var bytes = 0
    private var line = 0
    private var hasIndexZero = false
    /// What was said of the indices; nil for nothing.
    private let isZeroBased: Bool?
    private var hasLargeLabel = false
    private let charge = MemoryCharge()
    private var paidEntries = 0
    private var highest = (index: 0, line: 0)

    /// For how many entries the charge pays in one step.
    private static let entriesAtOnce = 4096

    /// A damaged index must not fill the memory with zeros. The sparsest sets in use have some
    /// hundred elements for each byte of their files.
    private static let mostElementsPerByte = 1000
    /// What a file of any size may have.
    private static let mostElements = 1 << 20

    init(path: String, isZeroBased: Bool?) {
        self.path = path
        self.isZeroBased = isZeroBased
    }

    /// The classes, all as text where one exceeds 64 bits.
    var exactLabels: [ClassLabel] {
        hasLargeLabel ? labels.map { .string($0.description) } : labels
    }

    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, regression: Bool) throws {
        self.bytes = bytes.count
        // A mark of the byte order says nothing in UTF-8.
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            line += 1
            try readLine(bytes[start..<end].prefix { $0 != UInt8(ascii: "#") }, regression)
            start = end + 1
        }
        guard !rowEnds.isEmpty else {
            throw malformed(
                nil, expected: "at least one line that begins with a number", got: "none")
        }
    }

    private mutating func readLine(_ line: Slice<UnsafeBufferPointer<UInt8>>, _ regression: Bool)
        throws
    {
        var rest = line
        guard let first = Self.word(&rest) else { return }
        // Arrays that grow hold twice what is in them.
        try charge.add(96, purpose: "the rows of \(path)")
        try readLabel(first, regression)
        var previous = -1
        while let word = Self.word(&rest) { try readEntry(word, &previous) }
        rowEnds.append(entries.count)
    }

    /// Takes the next word between blanks; nil where there is none.
    private static func word(
        _ line: inout Slice<UnsafeBufferPointer<UInt8>>
    ) -> Slice<UnsafeBufferPointer<UInt8>>? {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
        line = line.drop(while: isBlank)
        guard !line.isEmpty else { return nil }
        let word = line.prefix { !isBlank($0) }
        line = line[word.endIndex...]
        return word
    }

    /// How many features there are, and by which index the first goes.
    func columns(_ features: Int?) throws -> (count: Int, first: Int) {
        let first = isZeroBased ?? hasIndexZero ? 0 : 1
        let count = highest.index - first + 1
        guard let features else {
            guard !entries.isEmpty else {
                throw malformed(nil, expected: "at least one feature that is not zero", got: "none")
            }
            let most = max(Self.mostElements, bytes * Self.mostElementsPerByte) / rowEnds.count
            guard count <= most else {
                throw malformed(
                    highest.line,
                    expected:
                        "an index of at most \(most), as rows are kept whole and this file is small",
                    got: "\(highest.index)")
            }
            return (count, first)
        }
        guard count <= features else {
            throw malformed(
                highest.line,
                expected: "indices up to \(features - 1 + first), for \(features) features",
                got: "\(highest.index)")
        }
        return (features, first)
    }

    private mutating func readLabel(_ word: Slice<UnsafeBufferPointer<UInt8>>, _ regression: Bool)
        throws
    {
        let text = String(decoding: word, as: UTF8.self)
        guard let number = Self.number(word), number.isFinite,
            !regression || Float(number).isFinite
        else {
            throw malformed(line, expected: "a line that begins with a finite number", got: text)
        }
        if regression {
            values.append(Float(number))
        } else {
            let isLarge = isLargeInteger(text)
            hasLargeLabel = hasLargeLabel || isLarge
            labels.append(
                isLarge ? .string(text) : Int(text).map { .integer($0) } ?? .real(number))
        }
    }

    private mutating func readEntry(
        _ word: Slice<UnsafeBufferPointer<UInt8>>, _ previous: inout Int
    ) throws {
        guard let colon = word.firstIndex(of: UInt8(ascii: ":")),
            let index = Int(String(decoding: word[..<colon], as: UTF8.self)),
            let value = Self.number(word[(colon + 1)...]).map({ Float($0) }),
            index >= 0, index <= UInt32.max, value.isFinite
        else {
            throw malformed(
                line, expected: "index:value with an integer from 0 and a finite number",
                got: String(decoding: word, as: UTF8.self))
        }
        guard index > previous else {
            throw malformed(line, expected: "an index above \(previous)", got: "\(index)")
        }
        previous = index
        if index == 0 {
            guard isZeroBased != false else {
                throw malformed(line, expected: "indices that count from 1", got: "the index 0")
            }
            hasIndexZero = true
        }
        if index > highest.index { highest = (index, line) }
        if entries.count == paidEntries {
            try charge.add(16 * Self.entriesAtOnce, purpose: "the rows of \(path)")
            paidEntries += Self.entriesAtOnce
        }
        entries.append((UInt32(index), value))
    }

    private static func number(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Double? {
        NumberFormat.plain.number(UnsafeBufferPointer(rebasing: word))
    }

    private func malformed(_ line: Int?, expected: String, got: String) -> DatasetError {
        .malformed(path: path, line: line, expected: expected, got: got)
    }
}
