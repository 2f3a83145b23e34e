internal import Engine
package import Results
package import Storage

extension StudyView {
    /// What a file holds of a study, up to its first damaged row.
    ///
    /// - Throws: `EventError` when its events tell no study.
    package init(_ file: StudyFile) throws {
        self.init(
            try file.study, hasWriter: file.isHeld, isIntact: file.damage == nil,
            created: file.note?.created, receivedReports: file.arrivals)
    }
}
