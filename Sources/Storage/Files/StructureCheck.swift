internal import Platform

/// Checks that the pages and tables of a study's file hold together, so that SQLite can write it.
///
/// Rows may read well from pages that do not: one page in two tables, a page that says that the room
/// of its rows is free. SQLite would write new rows over the old ones.
///
/// - Complexity: O(pages), on a thread of its own.
struct StructureCheck {
    private struct Outcome: Sendable { let damage: String? }

    private let result = BoundedQueue<Outcome>(limit: 1)

    /// Begins to check a file.
    init(of path: String) {
        if let damage = FileHeader.damage(at: path) {
            _ = result.send(Outcome(damage: damage))
            return
        }
        let connection: ReadConnection
        do { connection = try ReadConnection(path, isStrict: true) } catch {
            _ = result.send(Outcome(damage: Self.reason(error)))
            return
        }
        let result = result
        nonisolated(unsafe) let handedOver = connection
        SystemThread.start(stackSize: 1 << 20) {
            _ = result.send(Outcome(damage: Self.damage(handedOver)))
        }
    }

    /// Waits for what is wrong; nil when nothing is.
    func damage() -> String? { result.receive()?.damage }

    private static func damage(_ connection: ReadConnection) -> String? {
        do {
            var rows = try SQLStatement("PRAGMA quick_check(1)", on: connection.database)
            guard try rows.step(), let text = rows.text(0) else { return "no answer" }
            return text == "ok" ? nil : text.split(separator: "\n").last.map(String.init) ?? text
        } catch { return reason(error) }
    }

    private static func reason(_ error: any Error) -> String {
        if case .damaged(_, let what) = error as? StorageError { what } else { "\(error)" }
    }
}
