internal import Platform
internal import Settings

/// A number of bytes as people write it: `512M`, `2G`, `1500000`.
package enum MemorySize {
    private static let units: [Character: Int] = [
        "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40,
    ]

    /// What a script in the sandbox may hold where nothing else is said: 2 GiB, at most half of the
    /// machine's memory.
    package static var ofSandbox: Int {
        let machine = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
        return machine > 0 ? min(2 << 30, machine / 2) : 2 << 30
    }

    fileprivate static func bytes(_ text: String) -> Int? {
        let unit = text.uppercased().last.flatMap { units[$0] }
        guard let number = Int(unit == nil ? text : String(text.dropLast())) else { return nil }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: unit ?? 1)
        return overflow ? nil : bytes
    }
}

extension SettingKind where Value == Int {
    /// A number of bytes, of which a state with the API takes a part of the least.
    static var memorySize: SettingKind {
        SettingKind(
            type: "size", text: { "\($0)" },
            read: { given in
                guard case .word(let word) = given, let bytes = MemorySize.bytes(word),
                    bytes >= 1 << 20
                else {
                    return .failure(
                        SettingProblem(
                            expected: "at least 1M, for example 512M", got: given.shown))
                }
                return .success(bytes)
            })
    }
}
