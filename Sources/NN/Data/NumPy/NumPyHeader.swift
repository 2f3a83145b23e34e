/// What a `.npy` file says of its array before the elements come.
///
/// Source: NumPy, "NEP 1: a simple file format for NumPy arrays", versions 1 to 3.
struct NumPyHeader {
    /// The type of the elements.
    enum Element: Equatable {
        case boolean
        case int8, int16, int32, int64
        case uint8, uint16, uint32, uint64
        case float16, float32, float64
        /// Text of up to so many code points, four bytes each, filled up with zeros.
        case text(Int)
        /// Text of up to so many bytes, filled up with zeros.
        case bytes(Int)

        private static let numbers: [String: Element] = [
            "b1": .boolean, "i1": .int8, "i2": .int16, "i4": .int32, "i8": .int64, "u1": .uint8,
            "u2": .uint16, "u4": .uint32, "u8": .uint64, "f2": .float16, "f4": .float32,
            "f8": .float64,
        ]

        /// - Parameter letters: NumPy's, without the order of bytes: `f4`, `U12`.
        init?(_ letters: Substring) {
            if let number = Self.numbers[String(letters)] {
                self = number
                return
            }
            guard let length = Int(letters.dropFirst()), (1...1 << 20).contains(length) else {
                return nil
            }
            switch letters.first {
            case "U": self = .text(length)
            case "S": self = .bytes(length)
            default: return nil
            }
        }

        /// Bytes of an element.
        var size: Int {
            switch self {
            case .boolean, .int8, .uint8: 1
            case .int16, .uint16, .float16: 2
            case .int32, .uint32, .float32: 4
            case .int64, .uint64, .float64: 8
            case .text(let length): 4 * length
            case .bytes(let length): length
            }
        }

        var isNumber: Bool {
            switch self {
            case .text, .bytes: false
            default: true
            }
        }
    }

    let element: Element
    let isBigEndian: Bool
    /// Whether the first index runs fastest.
    let isFortranOrder: Bool
    /// The size of each dimension, all at least 1.
    let shape: [Int]
    /// Where the elements start.
    let offset: Int

    /// Reads the header and checks it against the file's length.
    ///
    /// - Parameter name: how errors call the array: a path, or a path and a name.
    init(_ bytes: UnsafeBufferPointer<UInt8>, name: String) throws {
        func malformed(_ expected: String, _ got: String) -> DatasetError {
            .malformed(path: name, line: nil, expected: expected, got: got)
        }
        guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else {
            throw DatasetError.malformed(
                path: name, line: nil, expected: "a NumPy array, which begins with \\x93NUMPY",
                got: "other bytes",
                hint: bytes.starts(with: [0x50, 0x4B]) ? "data.npz reads archives" : nil)
        }
        guard bytes.count >= 12, (1...3).contains(bytes[6]) else {
            throw malformed(
                "a NumPy array of format 1 to 3",
                bytes.count < 12 ? "\(bytes.count) bytes" : "format \(bytes[6])")
        }
        let lengthBytes = bytes[6] == 1 ? 2 : 4
        let length = bytes[8..<8 + lengthBytes].reversed().reduce(0) { $0 << 8 | Int($1) }
        offset = 8 + lengthBytes + length
        guard offset <= bytes.count else {
            throw malformed("a header of \(offset) bytes", "a file of \(bytes.count)")
        }
        let text = String(decoding: bytes[8 + lengthBytes..<offset], as: UTF8.self)
        var parser = PythonLiteralParser(text)
        guard let fields = parser.dictionary(), case .text(let type)? = fields["descr"],
            case .boolean(let isFortranOrder)? = fields["fortran_order"],
            case .integers(let shape)? = fields["shape"], let order = type.first
        else {
            throw malformed(
                "a header with one descr, a fortran_order and a shape",
                text.trimmedEnd.isEmpty ? "an empty one" : String(text.trimmedEnd))
        }
        guard type.dropFirst() != "O" else {
            throw DatasetError.malformed(
                path: name, line: nil, expected: "booleans, integers, floats or text",
                got: "Python objects, which only Python can read",
                hint: "save them as text, np.save(path, y.astype(str)), "
                    + "or as numbers, np.save(path, x.astype(float))")
        }
        guard let element = Element(type.dropFirst()), "<>|=".contains(order) else {
            throw malformed("elements that are booleans, integers, floats or text", "type \(type)")
        }
        self.element = element
        self.isFortranOrder = isFortranOrder
        self.shape = shape
        isBigEndian = order == ">"
        guard shape.allSatisfy({ $0 > 0 }) else {
            throw malformed("at least one row of at least one value", "shape \(shape.shown)")
        }
        var size = element.size
        for dimension in shape {
            let (product, overflow) = size.multipliedReportingOverflow(by: dimension)
            guard !overflow, product < Int.max / 2 else {
                throw malformed("a shape that fits the file", "shape \(shape.shown)")
            }
            size = product
        }
        guard bytes.count == offset + size else {
            throw malformed(
                "\(offset + size) bytes, as shape \(shape.shown) says", "\(bytes.count)")
        }
    }
}

extension [Int] {
    /// A shape as NumPy writes it: `(2, 3)`, `(2,)`.
    var shown: String {
        "(" + map(String.init).joined(separator: ", ") + (count == 1 ? ",)" : ")")
    }
}

extension String {
    fileprivate var trimmedEnd: Substring {
        guard let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return self[...last]
    }
}
