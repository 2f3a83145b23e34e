#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Named arrays and texts in the safetensors format, which Python's `safetensors` reads as well.
///
/// Eight bytes that count the header's, the header as JSON, then the arrays, little-endian.
///
/// Source: https://github.com/huggingface/safetensors, section "Format".
struct SafeTensors {
    /// One array. `type` is the format's name of the elements, here `F32` or `F64`.
    struct Tensor: Equatable {
        var type: String
        var shape: [Int]
        var bytes: [UInt8]
    }

    var metadata: [String: String] = [:]
    /// In the order in which they are written.
    private(set) var names: [String] = []
    private(set) var tensors: [String: Tensor] = [:]

    init() {}

    mutating func append(_ name: String, _ tensor: Tensor) {
        precondition(tensors[name] == nil)
        names.append(name)
        tensors[name] = tensor
    }

    /// The whole file.
    func encoded() throws -> [UInt8] {
        var entries: [String: Header.Entry] = [:]
        var offset = 0
        for name in names {
            let tensor = tensors[name]!
            entries[name] = Header.Entry(
                dtype: tensor.type, shape: tensor.shape,
                dataOffsets: [offset, offset + tensor.bytes.count])
            offset += tensor.bytes.count
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        var header = [UInt8](try encoder.encode(Header(metadata: metadata, entries: entries)))
        // Blanks up to a multiple of eight keep the arrays aligned in a file mapped to memory.
        while header.count % 8 != 0 { header.append(0x20) }
        var bytes = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header
        for name in names { bytes += tensors[name]!.bytes }
        return bytes
    }

    /// - Returns: nil unless `bytes` is a whole file of this format.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 8 else { return nil }
        let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << (8 * UInt64($1)) }
        guard length <= UInt64(bytes.count - 8) else { return nil }
        let start = 8 + Int(length)
        guard let header = try? JSONDecoder().decode(Header.self, from: Data(bytes[8..<start]))
        else { return nil }
        metadata = header.metadata
        for (name, entry) in header.entries.sorted(by: { $0.key < $1.key }) {
            guard let range = entry.range(in: bytes.count - start) else { return nil }
            let elements = bytes[start + range.lowerBound..<start + range.upperBound]
            append(name, Tensor(type: entry.dtype, shape: entry.shape, bytes: Array(elements)))
        }
    }
}

/// The header: an object whose members are the arrays' places and, under one fixed name, texts.
private struct Header: Codable {
    struct Entry: Codable {
        var dtype: String
        var shape: [Int]
        var dataOffsets: [Int]

        enum CodingKeys: String, CodingKey {
            case dtype
            case shape
            case dataOffsets = "data_offsets"
        }

        /// Where the array lies among `count` bytes; nil if it leaves them or has another size than
        /// its shape says.
        func range(in count: Int) -> Range<Int>? {
            guard dataOffsets.count == 2, dataOffsets[0] >= 0, dataOffsets[0] <= dataOffsets[1],
                dataOffsets[1] <= count
            else { return nil }
            var size = dtype == "F64" ? 8 : 4
            for extent in shape {
                let (product, overflow) = size.multipliedReportingOverflow(by: extent)
                guard extent >= 0, !overflow else { return nil }
                size = product
            }
            return size == dataOffsets[1] - dataOffsets[0] ? dataOffsets[0]..<dataOffsets[1] : nil
        }
    }

    struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    static let metadataKey = Key(stringValue: "__metadata__")
    var metadata: [String: String]
    var entries: [String: Entry]

    init(metadata: [String: String], entries: [String: Entry]) {
        self.metadata = metadata
        self.entries = entries
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        metadata =
            try container.decodeIfPresent([String: String].self, forKey: Self.metadataKey) ?? [:]
        entries = [:]
        for key in container.allKeys where key.stringValue != Self.metadataKey.stringValue {
            entries[key.stringValue] = try container.decode(Entry.self, forKey: key)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(metadata, forKey: Self.metadataKey)
        for (name, entry) in entries {
            try container.encode(entry, forKey: Key(stringValue: name))
        }
    }
}
