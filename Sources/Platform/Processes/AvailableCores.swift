internal import CAffinity

/// The cores this process may keep busy: those of the machine, fewer where the process is bound to
/// some of them or its control group may use the time of some only.
package func availableCores() -> Int {
    let allowed = Int(ca_allowed_processors())
    let cores = allowed > 0 ? allowed : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let quota = ControlGroup.ofThisProcess.map { $0.coreQuota(contents) } ?? nil
    return min(cores, quota ?? cores)
}

/// The text of a small file; nil if it cannot be read.
private func contents(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4096) { buffer in
        let count = fread(buffer.baseAddress, 1, buffer.count, file)
        return String(decoding: buffer[..<count], as: UTF8.self)
    }
}

extension ControlGroup {
    fileprivate static var ofThisProcess: ControlGroup? {
        contents("/proc/self/cgroup").map(ControlGroup.init)
    }
}
