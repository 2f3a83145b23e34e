internal import Engine
internal import LuaBridge
internal import Platform
internal import Results
internal import Running

/// What `experiment:open()` gives: a study whose trials the script asks for, one after the other.
final class OpenStudy {
    let loop: StudyLoop
    let executor: AskExecutor
    let arguments: TrialArguments
    private let folders: TrialFolders
    private let took: (StudyObject) -> Void
    private(set) var study: StudyObject?

    /// - Parameters:
    ///   - arguments: makes the tables of trials.
    ///   - took: is given the study once it is closed.
    init(
        _ loop: StudyLoop, _ executor: AskExecutor, folders: TrialFolders,
        arguments: TrialArguments, took: @escaping (StudyObject) -> Void
    ) throws {
        (self.loop, self.executor, self.folders) = (loop, executor, folders)
        (self.arguments, self.took) = (arguments, took)
        do { try loop.begin(executor) } catch let error as RunError {
            throw LuaError("\(error)", at: .none)
        }
    }

    deinit {
        guard study == nil else { return }
        loop.stop(.interrupt)
        _ = try? loop.finish()
        folders.close()
    }

    /// Runs what a request has led to, until nothing more follows.
    ///
    /// - Throws: `LuaError`, also for a study that is closed.
    func turn() throws {
        guard study == nil else { throw LuaError("the study is closed") }
        do { try loop.turn() } catch let error as RunError {
            throw LuaError("\(error)", at: .none)
        }
    }

    /// Ends the study where it stands: it can be resumed, unless it has come to its end.
    @discardableResult
    func close() throws -> StudyObject {
        if let study { return study }
        do {
            if loop.state.endReason == nil { loop.stop(.interrupt) }
            try loop.turn()
            _ = try loop.finish()
        } catch let error as RunError {
            throw LuaError("\(error)", at: .none)
        }
        folders.close()
        let study = StudyObject(loop, arguments: arguments)
        self.study = study
        took(study)
        return study
    }
}

/// A trial that a script has asked for.
final class OpenTrial {
    let study: OpenStudy
    let trial: AskedTrial

    init(_ study: OpenStudy, _ trial: AskedTrial) { (self.study, self.trial) = (study, trial) }

    /// Tells the study something of the trial.
    ///
    /// - Throws: `LuaError` where that cannot be.
    func tell(_ owner: String, _ told: AskExecutor.Told) throws -> AskAnswer {
        var answer: AskAnswer?
        try study.turn()
        study.executor.tell(told, of: trial) { answer = $0 }
        try study.turn()
        switch answer {
        case .error(let text)?: throw LuaError("\(owner): \(text)")
        case let answer?: return answer
        case nil:
            throw LuaError(
                "\(owner): the decision waits for other trials (order = \"virtual\"); "
                    + "report for those first")
        }
    }
}
