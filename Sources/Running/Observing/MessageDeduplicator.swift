/// Tells what befalls many trials once, and at the end how often it befell others.
struct MessageDeduplicator {
    private struct Entry {
        let trial: Int
        let message: String
        var repeats = 0
    }
    private var entries: [String: Entry] = [:]
    /// From where on a message says nothing about its kind.
    private let end: String?
    /// The sentence for a number of repeats of what a trial met.
    private let summarize: (_ repeats: Int, _ trial: Int, _ message: String) -> String

    init(
        ignoringFrom end: String? = nil,
        summarize: @escaping (_ repeats: Int, _ trial: Int, _ message: String) -> String
    ) {
        (self.end, self.summarize) = (end, summarize)
    }

    /// Failures of trials. The value that was got does not make a failure another one.
    static var failures: Self {
        Self(ignoringFrom: ", got ") { repeats, trial, message in
            let trials = repeats == 1 ? "1 more trial" : "\(repeats) more trials"
            return "\(trials) failed as trial \(trial) did: \(message)"
        }
    }

    /// Errors after which trials were tried again.
    static var retries: Self {
        Self { repeats, trial, message in
            (repeats == 1 ? "1 more retry" : "\(repeats) more retries")
                + " after what trial \(trial) raised: \(message)"
        }
    }

    /// Takes what a trial met; of one kind is what differs in the trial alone.
    ///
    /// - Returns: whether it is the first of its kind, to be told now.
    mutating func add(_ message: String, trial: Int) -> Bool {
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

    /// What to tell at the end: how often each kind was met again, in the order of the trials.
    var summary: [String] {
        entries.values.filter { $0.repeats > 0 }.sorted { $0.trial < $1.trial }
            .map { summarize($0.repeats, $0.trial, $0.message) }
    }
}
