internal import Engine

/// What a journal reads: what is stored, and behind it what waits.
extension JournalContent {
    mutating func storedArrivals(after count: Int) throws -> [ReceivedReport] {
        let (study, id) = (study, id)
        return try session.repeating {
            try ReportRows.read(of: study, id: id, after: count, on: $0)
        }
    }

    mutating func arrivals(after count: Int) throws -> [ReceivedReport] {
        try flushWritten()
        let count = max(0, count)
        let known = count < stored.reports ? try storedArrivals(after: count) : []
        return known + waiting.arrivals.dropFirst(max(0, count - stored.reports))
    }

    mutating func events(from first: Int) throws -> [Event] {
        try flushWritten()
        let (study, id, first) = (study, id, max(0, first))
        var events: [Event] = []
        if first < stored.events {
            events = try session.repeating { connection in
                var read: [Event] = []
                try EventRows.read(of: study, id: id, from: first, on: connection) {
                    read.append($0)
                }
                return read
            }
        }
        return events + waiting.events.dropFirst(max(0, first - stored.events))
    }

    /// Reads all there is, so that a study which cannot be continued is not opened.
    mutating func load() throws {
        loaded = try read()
        received = ReceivedReports(loaded?.arrivals ?? [])
    }

    mutating func beginning() throws -> StudyBeginning {
        if let loaded {
            self.loaded = nil
            return loaded
        }
        try sync()
        return try read()
    }

    private mutating func read() throws -> StudyBeginning {
        let (study, id) = (study, id)
        return try session.repeating { connection in
            try connection.transaction("ISOLATION LEVEL REPEATABLE READ READ ONLY") {
                var fold = EventFold()
                try EventRows.read(of: study, id: id, from: 0, on: connection) { fold.add($0) }
                return StudyBeginning(
                    fold: fold,
                    arrivals: try ReportRows.read(of: study, id: id, after: 0, on: connection))
            }
        }
    }

    mutating func checkpoint(of trial: Int) throws -> Checkpoint? {
        for pending in [waiting, written] {
            if let checkpoint = pending.checkpoints[trial] { return checkpoint }
        }
        let id = id
        return try session.repeating {
            try ContentRows.checkpoint(of: trial, in: id, on: $0)
        }
    }

    mutating func artifact(_ key: Artifact.Key) throws -> Artifact? {
        for pending in [waiting, written] {
            if let artifact = pending.artifacts[key] { return artifact }
        }
        let id = id
        return try session.repeating { try ContentRows.artifact(key, in: id, on: $0) }
    }

    mutating func artifactKeys() throws -> [Artifact.Key] {
        let id = id
        var keys = Set(try session.repeating { try ContentRows.artifactKeys(in: id, on: $0) })
        for pending in [written, waiting] {
            for (key, artifact) in pending.artifacts {
                if artifact == nil { keys.remove(key) } else { keys.insert(key) }
            }
        }
        return Array(keys)
    }
}
