internal import CKernels

/// How the bytes of a file stand for text.
enum TextEncoding: Sendable {
    case utf8
    /// ISO 8859-1, in which different bytes are different texts.
    case latin1

    /// UTF-8 if all of a file is that.
    init(_ bytes: UnsafeBufferPointer<UInt8>) { self = isUTF8(bytes) ? .utf8 : .latin1 }

    func text(_ bytes: some Collection<UInt8>) -> String {
        switch self {
        case .utf8: return String(decoding: bytes, as: UTF8.self)
        case .latin1:
            var text = String.UnicodeScalarView()
            for byte in bytes { text.append(Unicode.Scalar(byte)) }
            return String(text)
        }
    }
}

/// Source: The Unicode Standard 16.0, table 3-7.
private func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = bytes.baseAddress else { return true }
    var at = 0
    while true {
        // Most files are ASCII.
        at += ck_ascii_prefix(start + at, bytes.count - at)
        guard at < bytes.count else { return true }
        let first = bytes[at]
        at += 1
        let (rest, second): (Int, ClosedRange<UInt8>)
        switch first {
        case 0xC2...0xDF: (rest, second) = (1, 0x80...0xBF)
        case 0xE0: (rest, second) = (2, 0xA0...0xBF)
        case 0xED: (rest, second) = (2, 0x80...0x9F)
        case 0xE1...0xEF: (rest, second) = (2, 0x80...0xBF)
        case 0xF0: (rest, second) = (3, 0x90...0xBF)
        case 0xF1...0xF3: (rest, second) = (3, 0x80...0xBF)
        case 0xF4: (rest, second) = (3, 0x80...0x8F)
        default: return false
        }
        guard at + rest <= bytes.count, second.contains(bytes[at]),
            bytes[at + 1..<at + rest].allSatisfy({ (0x80...0xBF).contains($0) })
        else { return false }
        at += rest
    }
}
