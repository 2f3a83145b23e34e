internal import ArgumentParser
internal import Platform

/// A number of bytes as people write it: `512M`, `2G`, `1500000`.
struct MemorySize {
    let bytes: Int

    private static let units: [Character: Int] = [
        "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40,
    ]
    /// A state with the API takes a part of this.
    private static let least = 1 << 20

    /// - Throws: `ValidationError` that says what is expected.
    init(_ argument: String) throws {
        guard let bytes = Self.bytes(argument), bytes >= Self.least else {
            throw ValidationError("expected at least 1M, for example 512M")
        }
        self.bytes = bytes
    }

    private static func bytes(_ argument: String) -> Int? {
        let unit = argument.uppercased().last.flatMap { units[$0] }
        guard let number = Int(unit == nil ? argument : String(argument.dropLast())) else {
            return nil
        }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: unit ?? 1)
        return overflow ? nil : bytes
    }

    private init(bytes: Int) { self.bytes = bytes }

    /// What a script in the sandbox may hold where nothing else is said: 2 GiB, at most half of the
    /// machine's memory.
    static var ofSandbox: MemorySize {
        let machine = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
        return MemorySize(bytes: machine > 0 ? min(2 << 30, machine / 2) : 2 << 30)
    }
}
