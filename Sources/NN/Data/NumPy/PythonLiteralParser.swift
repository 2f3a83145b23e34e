/// Reads the Python dictionary in a NumPy header: texts, booleans and tuples of integers by name.
struct PythonLiteralParser {
    enum Value {
        case text(String)
        case boolean(Bool)
        case integers([Int])
    }

    private var rest: Substring

    init(_ text: String) { rest = text[...] }

    /// The dictionary the text consists of; nil for anything else.
    mutating func dictionary() -> [String: Value]? {
        guard take("{") else { return nil }
        var fields: [String: Value] = [:]
        while !take("}") {
            guard let key = text(), take(":"), let value = value() else { return nil }
            fields[key] = value
            guard take(",") || rest.first == "}" else { return nil }
        }
        return rest.allSatisfy(\.isWhitespace) ? fields : nil
    }

    private mutating func value() -> Value? {
        if take("True") { return .boolean(true) }
        if take("False") { return .boolean(false) }
        if take("(") { return integers().map { .integers($0) } }
        return text().map { .text($0) }
    }

    private mutating func text() -> String? {
        for quote in ["'", "\""] where take(quote) {
            guard let end = rest.firstIndex(of: Character(quote)) else { return nil }
            defer { rest = rest[end...].dropFirst() }
            return String(rest[..<end])
        }
        return nil
    }

    /// What stands between the brackets of a tuple.
    private mutating func integers() -> [Int]? {
        var numbers: [Int] = []
        while !take(")") {
            skipBlanks()
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let number = Int(digits) else { return nil }
            rest = rest[digits.endIndex...]
            // Python 2 wrote long integers with an L.
            _ = take("L")
            numbers.append(number)
            guard take(",") || rest.first == ")" else { return nil }
        }
        return numbers
    }

    private mutating func take(_ token: String) -> Bool {
        skipBlanks()
        guard rest.hasPrefix(token) else { return false }
        rest = rest.dropFirst(token.count)
        return true
    }

    private mutating func skipBlanks() { rest = rest.drop { $0.isWhitespace } }
}
