/// What a report says under names: numbers, and beside them texts and booleans.
///
/// Only numbers can be objectives or have constraints, so they stand apart. Names are bytes: `é` of
/// one scalar and `é` of two are two metrics.
public struct Metrics: Hashable, Sendable {
    /// A metric that is no number.
    public struct Note: Hashable, Sendable {
        /// Its name.
        public let name: Name
        /// A boolean, a text or bytes.
        public let value: Value
    }

    /// The names of the numbers, sorted. Reports of one study share their storage.
    public private(set) var names: [Name]
    /// One for each name.
    public let values: [Number]
    /// What is no number, sorted by name; of other names than the numbers.
    public let notes: [Note]

    /// Metrics that are numbers.
    public init(_ numbers: [Name: Number]) {
        names = numbers.keys.sorted()
        values = names.map { numbers[$0] ?? .real(.nan) }
        notes = []
    }

    /// Metrics of any kind that ``canHold(_:)`` names; what is of another kind is left out.
    public init(values: [Name: Value]) {
        self.init(sorted: values.sorted { $0.key < $1.key })
    }

    /// - Parameters:
    ///   - names: sorted and all different.
    ///   - values: one for each name.
    package init(sortedNames names: [Name], values: [Number]) {
        (self.names, self.values, notes) = (names, values, [])
    }

    /// - Parameter entries: sorted by name, the names all different.
    package init(sorted entries: [(key: Name, value: Value)]) {
        var (names, numbers): ([Name], [Number]) = ([], [])
        var notes: [Note] = []
        names.reserveCapacity(entries.count)
        numbers.reserveCapacity(entries.count)
        for (name, value) in entries {
            if let number = value.number {
                names.append(name)
                numbers.append(number)
            } else if Self.canHold(value) {
                notes.append(Note(name: name, value: value))
            }
        }
        (self.names, values, self.notes) = (names, numbers, notes)
    }

    /// Whether a metric can be such a value.
    public static func canHold(_ value: Value) -> Bool {
        switch value {
        case .boolean, .integer, .real, .string, .bytes: true
        case .list, .map, .opaque: false
        }
    }

    /// The number of that name, or nil. O(log metrics).
    public subscript(name: Name) -> Number? {
        let place = names.partitioningIndex { $0 >= name }
        return place < names.count && names[place] == name ? values[place] : nil
    }

    /// What stands under a name, a number or not; nil where nothing does. O(log metrics).
    public func value(of name: Name) -> Value? {
        if let number = self[name] { return number.value }
        let place = notes.partitioningIndex { $0.name >= name }
        return place < notes.count && notes[place].name == name ? notes[place].value : nil
    }

    /// All names, sorted.
    package var allNames: [Name] {
        notes.isEmpty ? names : entries.map(\.name)
    }

    /// All metrics, sorted by name.
    package var entries: [(name: Name, value: Value)] {
        let numbers = zip(names, values).map { (name: $0, value: $1.value) }
        guard !notes.isEmpty else { return numbers }
        return (numbers + notes.map { (name: $0.name, value: $0.value) })
            .sorted { $0.name < $1.name }
    }

    /// Takes over the storage of names that are equal to its own.
    package mutating func shareNames(_ names: [Name]) { self.names = names }

    /// Takes over the storage of `other`'s names where they are equal.
    mutating func shareNames(with other: Metrics?) {
        if let other, other.names == names { names = other.names }
    }
}

extension Metrics: CustomStringConvertible {
    public var description: String {
        entries.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
    }
}
