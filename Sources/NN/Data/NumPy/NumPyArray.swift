/// An array of a `.npy` file, or of one inside an archive.
struct NumPyArray: ~Copyable {
    /// How errors call it.
    let name: String
    let header: NumPyHeader
    private let bytes: AlignedBuffer<UInt8>

    var rows: Int { header.shape.first ?? 0 }
    /// The values of a row, 1 for an array of one dimension.
    var columns: Int { header.shape.dropFirst().reduce(1, *) }

    init(_ bytes: consuming AlignedBuffer<UInt8>, name: String) throws {
        header = try NumPyHeader(
            UnsafeBufferPointer(start: bytes.pointer, count: bytes.count), name: name)
        self.name = name
        self.bytes = bytes
    }

    func malformed(_ expected: String, _ got: String) -> DatasetError {
        .malformed(path: name, line: nil, expected: expected, got: got)
    }

    /// The array as features, shape [rows, columns]: unsigned bytes as pixels where that is asked
    /// for, else every element as a float.
    ///
    /// - Throws: ``DatasetError`` for elements that are no finite floats.
    consuming func features(pixels: Bool) throws -> FeatureStorage {
        let (name, header, rows, columns) = (name, header, rows, columns)
        guard header.shape.count >= 2 else {
            throw malformed("an array of at least 2 dimensions", "shape \(header.shape.shown)")
        }
        if pixels {
            guard header.element == .uint8, !header.isFortranOrder else {
                throw malformed(
                    "pixels, an array of type uint8 in C order",
                    header.isFortranOrder ? "Fortran order" : "type \(header.element)")
            }
            return try FeatureStorage(
                bytes: bytes, offset: header.offset, rows: rows, columns: columns)
        }
        guard header.element.isNumber else { throw malformed("numbers", "text") }
        let array = self
        return try FeatureStorage(rows: rows, columns: columns) { target in
            array.fill(target)
            guard let bad = target.firstIndex(where: { !$0.isFinite }) else { return }
            throw DatasetError.malformed(
                path: name, line: nil,
                expected: "a finite number in row \(bad / columns + 1), "
                    + "column \(bad % columns + 1)", got: "\(target[bad])")
        }
    }

    /// The array as labels, of shape [rows] or [rows, 1].
    ///
    /// - Throws: ``DatasetError`` for another shape, or for values that are not finite or too large.
    func labels() throws -> [ClassLabel] {
        guard columns == 1 else {
            throw malformed("one label for each row", "shape \(header.shape.shown)")
        }
        return try (0..<rows).map { row in
            let at = header.offset + row * header.element.size
            switch header.element {
            case .boolean: return .boolean(bytes[at] != 0)
            case .float16: return .real(try finite(halfPrecision(load(at)), row))
            case .float32: return .real(try finite(Double(Float(bitPattern: load(at))), row))
            case .float64: return .real(try finite(Double(bitPattern: load(at)), row))
            case .text(let length):
                let points = (0..<length).map { load(at + 4 * $0) as UInt32 }
                return .string(try text(points, row: row) { Unicode.Scalar($0) })
            case .bytes(let length):
                let scalars = (0..<length).map { bytes[at + $0] }
                return .string(try text(scalars, row: row) { $0 < 0x80 ? Unicode.Scalar($0) : nil })
            case .uint64:
                let value: UInt64 = load(at)
                guard let label = Int(exactly: value) else {
                    throw malformed("a label of at most 2^63 − 1 in row \(row + 1)", "\(value)")
                }
                return .integer(label)
            case .int8: return .integer(Int(load(at) as Int8))
            case .int16: return .integer(Int(load(at) as Int16))
            case .int32: return .integer(Int(load(at) as Int32))
            case .int64: return .integer(load(at))
            case .uint8: return .integer(Int(load(at) as UInt8))
            case .uint16: return .integer(Int(load(at) as UInt16))
            case .uint32: return .integer(Int(load(at) as UInt32))
            }
        }
    }

    private func finite(_ value: Double, _ row: Int) throws -> Double {
        guard value.isFinite else {
            throw malformed("a finite number in row \(row + 1)", "\(value)")
        }
        return value
    }

    /// The text that units stand for, without the zeros it is filled up with.
    private func text<Unit: BinaryInteger>(
        _ units: [Unit], row: Int, scalar: (Unit) -> Unicode.Scalar?
    ) throws -> String {
        let end = (units.lastIndex { $0 != 0 } ?? -1) + 1
        guard end > 0 else { throw malformed("a label in row \(row + 1)", "empty text") }
        var text = String.UnicodeScalarView()
        for unit in units[..<end] {
            guard let scalar = scalar(unit) else {
                throw malformed("text in row \(row + 1)", "the code \(unit)")
            }
            text.append(scalar)
        }
        return String(text)
    }

    /// A single text of ASCII.
    ///
    /// - Throws: ``DatasetError`` for anything else.
    func text() throws -> String {
        guard header.shape.isEmpty else {
            throw malformed("one text", "shape \(header.shape.shown)")
        }
        switch header.element {
        case .text(let length):
            return try text((0..<length).map { load(header.offset + 4 * $0) as UInt32 }, row: 0) {
                Unicode.Scalar($0)
            }
        case .bytes(let length):
            return try text((0..<length).map { bytes[header.offset + $0] }, row: 0) {
                $0 < 0x80 ? Unicode.Scalar($0) : nil
            }
        default: throw malformed("one text", "type \(header.element)")
        }
    }

    /// The integers of an array of one dimension.
    ///
    /// - Throws: ``DatasetError`` for anything else.
    func integers() throws -> [Int] {
        guard header.shape.count == 1 else {
            throw malformed("an array of one dimension", "shape \(header.shape.shown)")
        }
        switch header.element {
        case .int32: return integers(Int32.self)
        case .int64: return integers(Int64.self)
        case .uint32: return integers(UInt32.self)
        default: throw malformed("integers of 32 or 64 bits", "type \(header.element)")
        }
    }

    private func integers<Value: FixedWidthInteger & BitwiseCopyable>(_: Value.Type) -> [Int] {
        (0..<rows).map { Int(load(header.offset + $0 * header.element.size) as Value) }
    }

    /// The array as numbers to predict, row after row.
    func values() throws -> [Float] {
        guard header.element.isNumber else { throw malformed("numbers", "text") }
        let values = [Float](unsafeUninitializedCapacity: rows * columns) { target, count in
            fill(UnsafeMutableBufferPointer(rebasing: target[..<(rows * columns)]))
            count = rows * columns
        }
        if let bad = values.firstIndex(where: { !$0.isFinite }) {
            throw malformed("a finite number in row \(bad / columns + 1)", "\(values[bad])")
        }
        return values
    }

    // MARK: - Elements

    private func load<Value: FixedWidthInteger & BitwiseCopyable>(_ offset: Int) -> Value {
        let value = UnsafeRawPointer(bytes.pointer + offset).loadUnaligned(as: Value.self)
        return header.isBigEndian ? Value(bigEndian: value) : Value(littleEndian: value)
    }

    /// Writes the array row after row, whatever its order in the file.
    private func fill(_ target: UnsafeMutableBufferPointer<Float>) {
        switch header.element {
        case .boolean: fill(target) { (load($0) as UInt8) == 0 ? 0 : 1 }
        case .int8: fill(target) { Float(load($0) as Int8) }
        case .int16: fill(target) { Float(load($0) as Int16) }
        case .int32: fill(target) { Float(load($0) as Int32) }
        case .int64: fill(target) { Float(load($0) as Int) }
        case .uint8: fill(target) { Float(load($0) as UInt8) }
        case .uint16: fill(target) { Float(load($0) as UInt16) }
        case .uint32: fill(target) { Float(load($0) as UInt32) }
        case .uint64: fill(target) { Float(load($0) as UInt) }
        case .float16: fill(target) { Float(halfPrecision(load($0))) }
        case .float32: fill(target) { Float(bitPattern: load($0)) }
        case .float64: fill(target) { Float(Double(bitPattern: load($0))) }
        case .text, .bytes: preconditionFailure("text was refused before")
        }
    }

    @inline(__always)
    private func fill(
        _ target: UnsafeMutableBufferPointer<Float>, _ element: (_ offset: Int) -> Float
    ) {
        let size = header.element.size
        let (rowStride, columnOffsets) = steps
        for row in 0..<rows {
            let start = header.offset + row * rowStride * size
            for column in 0..<columns {
                target[row * columns + column] = element(start + columnOffsets[column] * size)
            }
        }
    }

    /// How many elements lie between two rows, and between a row's first value and each of them.
    private var steps: (row: Int, columns: [Int]) {
        guard header.isFortranOrder else { return (columns, Array(0..<columns)) }
        var offsets = [0]
        var stride = rows
        var strides: [Int] = []
        for size in header.shape.dropFirst() {
            strides.append(stride)
            stride *= size
        }
        // The last index of a row's values runs fastest.
        for (size, stride) in zip(header.shape.dropFirst(), strides) {
            offsets = offsets.flatMap { first in (0..<size).map { first + $0 * stride } }
        }
        return (1, offsets)
    }
}

/// The number that 16 bits stand for; Swift's `Float16` is not there on every platform.
///
/// Source: IEEE 754-2008, binary16.
private func halfPrecision(_ bits: UInt16) -> Double {
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Double(bits & 0x3FF) / 1024
    let magnitude: Double =
        switch exponent {
        case 0: fraction * 0x1p-14
        case 31: fraction == 0 ? .infinity : .nan
        default: (1 + fraction) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
        }
    return bits >> 15 == 0 ? magnitude : -magnitude
}
