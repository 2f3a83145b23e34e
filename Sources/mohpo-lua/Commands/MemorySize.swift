internal import ArgumentParser
internal import SystemC

/// A number of bytes as people write it: `512M`, `2G`, `1500000`.
struct MemorySize: ExpressibleByArgument {
    let bytes: Int

    private static let units: [Character: Int] = [
        "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40,
    ]
    /// A state with the API takes a part of this.
    private static let least = 1 << 20

    init?(argument: String) {
        let unit = argument.uppercased().last.flatMap { Self.units[$0] }
        guard let number = Int(unit == nil ? argument : String(argument.dropLast())) else {
            return nil
        }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: unit ?? 1)
        guard !overflow, bytes >= Self.least else { return nil }
        self.bytes = bytes
    }

    private init(bytes: Int) { self.bytes = bytes }

    /// What a script in the sandbox may hold where nothing else is said: 2 GiB, at most half of the
    /// machine's memory.
    static var ofSandbox: MemorySize {
        let machine = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
        return MemorySize(bytes: machine > 0 ? min(2 << 30, machine / 2) : 2 << 30)
    }
}
