internal import Engine

/// What is looked at before a study's rows are read, and says afterwards what of the study is not
/// intact.
struct StudyInspection {
    private let path: String
    /// Read before the rows, of which there are only ever more.
    private let mark: StudyMark?
    private let structure: StructureCheck?

    /// - Parameter isToBeWritten: whether this process holds the study, and asks whether its file can
    ///   be written as well.
    init(of path: String, isToBeWritten: Bool) {
        self.path = path
        mark = StudyMark(of: path)
        structure = isToBeWritten ? StructureCheck(of: path) : nil
    }

    /// The first thing that is not intact; nil when all is.
    ///
    /// - Parameters:
    ///   - reader: has read the rows.
    ///   - metadata: nil where that is not intact.
    ///   - checkpoints: whether all of them are intact.
    ///   - artifacts: likewise.
    func damage(
        in reader: StudyReader, metadata: StudyMetadata?, checkpoints: Bool, artifacts: Bool
    ) -> String? {
        if let first = reader.damage.first { return first }
        if !checkpoints { return DamageLocation.checkpoints }
        if !artifacts { return DamageLocation.artifacts }
        if metadata == nil { return DamageLocation.metadata }
        if isCut(reader.ends) { return DamageLocation.log }
        if WriteAheadLog.isDamaged(forStudyAt: path, isOurs: structure != nil) {
            return DamageLocation.log
        }
        return structure.flatMap { damage($0, in: reader) }
    }

    /// Whether rows are missing that were durable. A salvage may have put a shorter file in the place of
    /// this one, which has another mark.
    private func isCut(_ ends: TableEnds) -> Bool {
        guard let mark, mark.isAhead(of: ends) else { return false }
        return StudyMark(of: path) == mark
    }

    /// What keeps SQLite from writing a file of which all rows are intact.
    private func damage(_ structure: StructureCheck, in reader: StudyReader) -> String? {
        if let reason = structure.damage() { return DamageLocation.structure(reason) }
        guard SchemaCheck.isIntact(reader.ends, on: reader.connection) else {
            return DamageLocation.schema
        }
        let indexed = try? SchemaCheck.resumptions(on: reader.connection)
        return indexed == reader.assembly.resumptions ? nil : DamageLocation.index
    }
}
