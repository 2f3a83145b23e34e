/// What is to be learnt for each row of a storage.
enum Targets: Sendable {
    /// For each row an index into the sorted classes.
    case classes([Int32], labels: [ClassLabel])
    /// For each row `outputs` numbers, row after row.
    case values([Float], outputs: Int)

    /// The memory it holds, nearly.
    var bytes: Int {
        switch self {
        case .classes(let numbers, let labels):
            4 * numbers.count + 64 * labels.count + labels.textBytes
        case .values(let values, _): 4 * values.count
        }
    }

    /// Numbers the distinct labels in ascending order.
    init(labels: [ClassLabel]) {
        let classes = Set(labels).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: zip(classes, Int32(0)...))
        self = .classes(labels.map { numbers[$0]! }, labels: classes)
    }

    /// Numbers the distinct labels that rows have in ascending order.
    ///
    /// - Parameters:
    ///   - codes: for each row an index into `labels`.
    ///   - labels: in any order; of two that are equal, or that no row has, nothing is left.
    init(codes: some Collection<Int32>, labels: [ClassLabel]) {
        var isUsed = [Bool](repeating: false, count: labels.count)
        for code in codes { isUsed[Int(code)] = true }
        let classes = Set(labels.indices.lazy.filter { isUsed[$0] }.map { labels[$0] }).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: zip(classes, Int32(0)...))
        let byCode = labels.map { numbers[$0] ?? 0 }
        self = .classes(codes.map { byCode[Int($0)] }, labels: classes)
    }

    /// Numbers the distinct bytes in ascending order, without a label object for every row.
    init(bytes: UnsafeBufferPointer<UInt8>) {
        var seen = [Bool](repeating: false, count: 256)
        for byte in bytes { seen[Int(byte)] = true }
        var numbers = [Int32](repeating: 0, count: 256)
        var labels: [ClassLabel] = []
        for byte in 0..<256 where seen[byte] {
            numbers[byte] = Int32(labels.count)
            labels.append(.integer(byte))
        }
        self = .classes(bytes.map { numbers[Int($0)] }, labels: labels)
    }
}
