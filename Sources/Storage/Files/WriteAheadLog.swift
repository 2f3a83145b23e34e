internal import Platform

/// Looks at SQLite's write-ahead log as it lies. SQLite reads it up to the first frame whose checksum
/// is wrong and says nothing: a frame half written by a program that was killed and a flipped byte
/// in the middle are the same to it.
enum WriteAheadLog {
    /// Whether something that was committed is lost.
    ///
    /// A frame that a killed program has left half written is the last of its round, or the file ends
    /// within it. What follows it was written in an earlier round and carries other salts, or belongs
    /// to a transaction that was not brought to its end either: then no frame behind it that ends a
    /// transaction is intact.
    ///
    /// A log that is being written changes while it is read, so that one which seems damaged is read
    /// again: only one that stays as it is can be judged.
    ///
    /// - Parameter isOurs: whether this process holds the study, and writes no log yet.
    static func isDamaged(forStudyAt path: String, isOurs: Bool) -> Bool {
        guard isOurs || !StudyLock.isHeld(forStudyAt: path), let log = bytes(path),
            isDamaged(log)
        else { return false }
        if isOurs { return true }
        usleep(20_000)
        return log == bytes(path) && !StudyLock.isHeld(forStudyAt: path)
    }

    private static func bytes(_ path: String) -> [UInt8]? {
        // To open a named pipe would else wait for a writer.
        guard let log = try? FilePlace(path + "-wal").open(O_RDONLY | O_NONBLOCK).bytes(),
            log.count >= 32
        else { return nil }
        return log
    }

    private static func isDamaged(_ log: [UInt8]) -> Bool { log.withUnsafeBytes { isDamaged($0) } }

    /// The last version of the file's first page that a transaction in the log has written, whose
    /// checksums are taken for right; nil where the log has none.
    static func firstPage(forStudyAt path: String) -> [UInt8]? {
        guard let log = bytes(path) else { return nil }
        return log.withUnsafeBytes { log in
            let size = pageSize(log)
            guard size >= 512 else { return nil }
            var (found, last): (Int?, Int?) = (nil, nil)
            for frame in stride(from: 32, through: log.count - 24 - size, by: 24 + size) {
                guard word(frame + 8, of: log) == word(16, of: log),
                    word(frame + 12, of: log) == word(20, of: log)
                else { break }
                if word(frame, of: log) == 1 { last = frame + 24 }
                if word(frame + 4, of: log) != 0 { found = last }
            }
            return found.map { Array(log[$0..<$0 + size]) }
        }
    }

    private static func word(_ place: Int, of log: UnsafeRawBufferPointer) -> UInt32 {
        UInt32(bigEndian: log.loadUnaligned(fromByteOffset: place, as: UInt32.self))
    }

    private static func pageSize(_ log: UnsafeRawBufferPointer) -> Int {
        let size = word(8, of: log)
        return size == 1 ? 65_536 : Int(size)
    }

    private static func isDamaged(_ log: UnsafeRawBufferPointer) -> Bool {
        func word(_ place: Int) -> UInt32 { Self.word(place, of: log) }
        let magic = word(0)
        let pageSize = Self.pageSize(log)
        let isBigEndian = magic & 1 == 1
        guard magic & ~1 == 0x377f_0682, pageSize >= 512, pageSize <= 65536 else { return true }
        // The log has not started again since the file was made: it grew with every frame.
        let isFirstRound = word(12) == 0
        var sum = Sum(isBigEndian: isBigEndian)
        sum.add(log, 0..<24)
        guard sum.first == word(24), sum.second == word(28) else { return true }
        let size = 24 + pageSize
        var frame = 32
        var isBroken = false
        while frame + size <= log.count {
            let isOfThisRound = word(frame + 8) == word(16) && word(frame + 12) == word(20)
            // Behind a frame that is not intact, what the frame before says its sum was.
            if isBroken {
                (sum.first, sum.second) = (word(frame - size + 16), word(frame - size + 20))
            }
            sum.add(log, frame..<frame + 8)
            sum.add(log, frame + 24..<frame + size)
            let isWhole =
                isOfThisRound && sum.first == word(frame + 16) && sum.second == word(frame + 20)
            if isBroken {
                if isWhole && word(frame + 4) != 0 { return true }
            } else if !isWhole {
                isBroken = true
                // The log's last frame is there in full and ends a transaction: while the log only grew,
                // it was written in full.
                let isLast = frame + 2 * size > log.count
                if isFirstRound && isLast && isOfThisRound && word(frame + 4) != 0 { return true }
            }
            frame += size
        }
        return false
    }

    /// The checksum of SQLite's log, over words in the byte order that its header tells.
    private struct Sum {
        let isBigEndian: Bool
        var first: UInt32 = 0
        var second: UInt32 = 0

        mutating func add(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
            for place in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
                first &+= word(bytes, place) &+ second
                second &+= word(bytes, place + 4) &+ first
            }
        }

        private func word(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt32 {
            let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
            return isBigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word)
        }
    }
}
