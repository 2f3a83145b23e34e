/// The control group of a Linux process, by which a container or a batch system limits how much
/// processor time it gets.
///
/// Source: Linux, "Control Group v2" (`cpu.max`), "CFS Bandwidth Control" (version 1).
package struct ControlGroup {
    /// Where quotas may stand, the group's own folder before those it lies in.
    private let folders: [String]
    private let isUnified: Bool

    /// - Parameter membership: the contents of `/proc/self/cgroup`.
    package init(_ membership: String) {
        let entries = membership.split(separator: "\n").map {
            $0.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        }
        // Where both versions are mounted, processor time is version 1's.
        let old = entries.first { $0.count == 3 && $0[1].split(separator: ",").contains("cpu") }
        let group = old ?? entries.first { $0.count == 3 && $0[0] == "0" && $0[1].isEmpty }
        isUnified = old == nil
        let root = isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/cpu"
        let names = group.map { $0[2].split(separator: "/") } ?? []
        folders = (0...names.count).reversed().map {
            ([root] + names.prefix($0).map(String.init)).joined(separator: "/")
        }
    }

    /// The cores whose time the tightest quota allows, a part of one counted as a whole one; nil
    /// without a quota.
    ///
    /// - Parameter read: the contents of a file, nil if there is none. In a container the group's
    ///   own folder may be missing: its quota then stands at the root.
    package func coreQuota(_ read: (String) -> String?) -> Int? {
        folders.compactMap { folder -> Int? in
            let words =
                isUnified
                ? (read("\(folder)/cpu.max") ?? "").split(whereSeparator: \.isWhitespace)
                : ["quota", "period"].compactMap { read("\(folder)/cpu.cfs_\($0)_us") }
                    .flatMap { $0.split(whereSeparator: \.isWhitespace) }
            // Without a limit the quota is "max", in version 1 −1.
            guard words.count == 2, let quota = Int(words[0]), let period = Int(words[1]),
                quota > 0, period > 0
            else { return nil }
            return max(1, Int((Double(quota) / Double(period)).rounded(.up)))
        }.min()
    }
}
