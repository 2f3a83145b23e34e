/// What a row of a classification data set is labelled with.
///
/// Numbers compare by value, as in Lua: `.integer(3) == .real(3.0)`. Texts compare byte by byte: two
/// that only look alike are different.
public enum ClassLabel: Sendable, CustomStringConvertible {
    case integer(Int)
    case real(Double)
    case string(String)
    case boolean(Bool)

    public var description: String {
        switch self {
        case .integer(let value): value.description
        case .real(let value): value.description
        case .string(let value): value
        case .boolean(let value): value.description
        }
    }

    /// What it is, as messages say it: labels of one table are of one kind.
    var kind: String {
        switch self {
        case .integer, .real: "numbers"
        case .string: "texts"
        case .boolean: "booleans"
        }
    }

    /// The same label with whole reals as integers, so that equal labels are also equal cases.
    private var canonical: ClassLabel {
        if case .real(let value) = self, let whole = Int(exactly: value) {
            .integer(whole)
        } else {
            self
        }
    }
}

extension ClassLabel: Hashable {
    public static func == (a: ClassLabel, b: ClassLabel) -> Bool {
        switch (a.canonical, b.canonical) {
        case (.integer(let a), .integer(let b)): a == b
        case (.real(let a), .real(let b)): a == b
        case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
        case (.boolean(let a), .boolean(let b)): a == b
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch canonical {
        case .integer(let value): hasher.combine(value)
        case .real(let value): hasher.combine(value)
        case .string(var value):
            value.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        case .boolean(let value): hasher.combine(value)
        }
    }
}

extension ClassLabel: Comparable {
    /// Booleans before numbers before strings; numbers by value, strings by their bytes.
    public static func < (a: ClassLabel, b: ClassLabel) -> Bool {
        switch (a.canonical, b.canonical) {
        case (.boolean(let a), .boolean(let b)): !a && b
        case (.integer(let a), .integer(let b)): a < b
        case (.integer(let a), .real(let b)): Double(a) < b
        case (.real(let a), .integer(let b)): a < Double(b)
        case (.real(let a), .real(let b)): a < b
        case (.string(let a), .string(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
        default: a.order < b.order
        }
    }

    private var order: Int {
        switch self {
        case .boolean: 0
        case .integer, .real: 1
        case .string: 2
        }
    }
}

extension ClassLabel: Codable {
    /// A boolean, a number or a text; whole numbers become integers, which compare as before.
    ///
    /// Text is tried before numbers: a decoder may take "nan" and "inf" for one, which no label is.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else {
            self = .real(try container.decode(Double.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .integer(let value): try container.encode(value)
        case .real(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .boolean(let value): try container.encode(value)
        }
    }
}

extension Collection<ClassLabel> {
    /// How many bytes the texts among the labels have.
    var textBytes: Int {
        reduce(0) { bytes, label in
            if case .string(let text) = label { bytes + text.utf8.count } else { bytes }
        }
    }
}
