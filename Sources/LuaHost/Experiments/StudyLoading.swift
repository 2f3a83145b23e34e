internal import Engine
internal import LuaBridge
internal import Platform
internal import PostgresStorage
internal import Results
internal import Running
internal import Storage

/// `ag.load(STUDY)`: a stored study to look at.
extension ExperimentRunner {
    /// Where studies are kept unless the command line names another folder.
    private static let folder = "studies"

    /// More bytes than any path has, and any address of a server.
    private static let longestName = 8_192

    /// What reading a study takes for each byte of its file.
    private static let memoryPerByte = 6
    /// And for each event of a study in a database.
    private static let memoryPerEvent = 500

    /// The study of that path or name, up to the first damaged row, as far as it has come.
    ///
    /// - Throws: `LuaError` where there is none, and for want of memory.
    func load(_ name: String, _ files: FileAccess) throws -> StudyObject {
        if settings.isCheck, let study = studies.last(where: { Name($0.view.name) == Name(name) }) {
            return study
        }
        guard (1...Self.longestName).contains(name.utf8.count) else {
            throw LuaError(
                "ag.load: expected a path or a name, got a string of \(name.utf8.count) bytes")
        }
        do {
            if case .server = StudyLocation(toRead: name) { return try load(server: name) }
            return try load(path: path(of: name, files))
        } catch let error as ServerError {
            throw LuaError("ag.load: \(error)")
        } catch let error as StudyPath.NotFound {
            throw LuaError("ag.load: \(error)")
        } catch let error as StorageError {
            throw LuaError("ag.load: \(error)")
        } catch let error as EventError {
            throw LuaError("ag.load: \(name): \(error)")
        } catch let error as Event.UnknownEvent {
            throw LuaError("ag.load: \(name): \(error)")
        }
    }

    /// In the sandbox neither the folder of studies nor a file may lead elsewhere.
    private func path(of name: String, _ files: FileAccess) throws -> String {
        switch StudyLocation(toRead: name) {
        case .file: return try files.toRead(name)
        case .memory, .name, .server: _ = try files.toRead(Self.folder)
        }
        _ = try files.toRead(name)
        let (path, notice) = try StudyPath.find(name, in: Self.folder)
        if let notice { context.observer.log(.notice, notice) }
        return try files.toRead(path)
    }

    private func load(path: String) throws -> StudyObject {
        let size = ["", "-wal"].reduce(0) { sum, ending in
            var status = stat()
            return stat(path + ending, &status) == 0 ? sum + Int(status.st_size) : sum
        }
        let (bytes, isTooLarge) = size.multipliedReportingOverflow(by: Self.memoryPerByte)
        let charge = try MemoryCharge.of(isTooLarge ? .max : bytes, purpose: "the study \(path)")
        return try object(of: .file(StudyFile.readStudy(at: path), path: path), charge: charge)
    }

    private func load(server name: String) throws -> StudyObject {
        guard !settings.isSandboxed else {
            throw LuaError(
                "ag.load: expected a path or a name, got a PostgreSQL server, which the sandbox does "
                    + "not reach")
        }
        let (study, notice) = try KeptStudy.find(name, in: Self.folder)
        if let notice { context.observer.log(.notice, notice) }
        let charge = try MemoryCharge.of(
            study.eventCount * Self.memoryPerEvent, purpose: "the study \(study.place)")
        return try object(of: study, charge: charge)
    }

    private func object(of study: KeptStudy, charge: MemoryCharge?) throws -> StudyObject {
        let place = study.place
        guard study.eventCount > 0 else {
            throw LuaError(
                "ag.load: "
                    + (study.damage ?? "\(place): the study has not begun, it has no events"))
        }
        if let damage = study.damage { context.observer.log(.warning, damage) }
        let view = try study.view
        let tables = ArgumentTables(prelude: context.prelude, handles: [:])
        return StudyObject(
            view, arguments: TrialArguments(tables, view.state.definition.space), charge: charge
        ) { try KeptStudy.artifact($0, at: place) }
    }
}
