/// What trials met, each kind told once, with how often it was met again.
struct RepeatLog {
    struct Entry {
        let trial: Int
        let message: String
        fileprivate(set) var repeats = 0
    }
    private var entries: [String: Entry] = [:]

    /// Takes what a trial met; of one kind is what differs in the trial alone.
    ///
    /// - Parameter end: from where on the message says nothing about its kind.
    /// - Returns: whether it is the first of its kind.
    mutating func add(_ trial: Int, _ message: String, upTo end: String? = nil) -> Bool {
        let text = message.replacing("trial \(trial)", with: "trial")
        let cut = end.flatMap { text.firstRange(of: $0)?.lowerBound } ?? text.endIndex
        let kind = String(text[..<cut])
        guard entries[kind] == nil else {
            entries[kind]?.repeats += 1
            return false
        }
        entries[kind] = Entry(trial: trial, message: message)
        return true
    }

    /// The first of each kind that was met again, in the order of the trials.
    var repeated: [Entry] {
        entries.values.filter { $0.repeats > 0 }.sorted { $0.trial < $1.trial }
    }
}
