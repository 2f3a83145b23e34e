internal import Engine
internal import Platform

/// What stands beside a study on this machine: the directories of its trials, the link to its server.
enum StudyCompanion {
    /// Its path: `studies/circle.trials` for `studies/circle.db`, and `studies/server-17.trials` for
    /// `postgres://…#17`.
    ///
    /// - Parameters:
    ///   - study: the study's file, or its address on a server.
    ///   - ending: the path's, with its dot.
    ///   - folder: where what belongs to a study on a server stands; nil: in `studies`.
    static func path(of study: String, ending: String, in folder: String? = nil) -> String {
        guard case .server(let address) = StudyLocation(toRead: study) else {
            return PathText.replacing(suffix: ".db", of: study, with: ending)
        }
        let name = address.split(separator: "#", maxSplits: 1).dropFirst().first ?? "0"
        return "\(folder ?? "studies")/server-\(name.replacing("/", with: "-"))\(ending)"
    }
}
