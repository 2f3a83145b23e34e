package import Engine
internal import Foundation

/// The studies of one run of a program: finds those that it resumes, and begins the others.
package final class StudyStore {
    /// What the user has decided about all of them.
    package struct Options {
        /// Studies that are there are resumed.
        package var resumes = false
        /// A study may be extended by what is asked for now.
        package var extends = false
        /// What a new study says about the program.
        package var program = ""
        /// How the user begins another study where one has ended.
        package var adviceForAnother = ""

        /// New studies only.
        package init() {}
    }

    private let catalog: any StudyCatalog
    private let options: Options
    /// What the studies of this run have in common; after `openToResume` that of the run resumed.
    private var run = UUID().uuidString
    private var hasResumed = false
    /// How many experiments have been run.
    private var ordinal = 0

    /// The studies of a run that has not opened any.
    package init(_ catalog: any StudyCatalog, options: Options) {
        (self.catalog, self.options) = (catalog, options)
    }

    /// The run's next experiment is run in a study that another process has opened.
    package func joins() { ordinal += 1 }

    /// The study of the run's next experiment: a new one, or one that is resumed.
    ///
    /// - Parameters:
    ///   - continued: the definition where a study of another one is resumed; nil for the same.
    ///   - script: what a new study says about the script that declares it.
    ///   - policy: makes what decides about free slots; nil: what the definition names.
    ///   - log: is told what a user has to know: where a study continues, what was damaged.
    /// - Throws: what the catalog throws, `ConductorError`, and what the engine throws on events that
    ///   tell no study.
    package func open(
        _ definition: StudyDefinition,
        continued: ((StudyDefinition) throws -> StudyDefinition)? = nil, script: String,
        policy: ((StudyDefinition) -> any SlotPolicy)? = nil, log: (String) -> Void
    ) throws -> StudySession {
        ordinal += 1
        let metadata = StudyMetadata(
            name: definition.name, created: Date.now.formatted(.iso8601),
            program: options.program, script: script, run: run, ordinal: ordinal)
        if options.resumes,
            let address = try catalog.studyToResume(by: metadata, ofRun: hasResumed ? run : nil)
        {
            return try resume(
                address, as: definition, continued: continued, policy: policy, log: log)
        }
        let journal = try catalog.create(metadata)
        if options.resumes, journal.location != .memory {
            log(
                "\(definition.name): there is no study to resume; a new one begins in \(journal.location)"
            )
        } else if journal.location != catalog.plainLocation(of: definition.name) {
            log("kept in \(journal.location)")
        }
        return StudySession(
            try StudySession(new: definition, journal, policy: policy?(definition)),
            closing: journal)
    }

    private func resume(
        _ address: String, as definition: StudyDefinition,
        continued: ((StudyDefinition) throws -> StudyDefinition)?,
        policy: ((StudyDefinition) -> any SlotPolicy)?, log: (String) -> Void
    ) throws -> StudySession {
        let (journal, metadata) = try catalog.openToResume(address, report: log)
        (run, hasResumed) = (metadata.run, true)
        do {
            let beginning = try journal.beginning()
            // It was abandoned before anything had happened.
            guard beginning.fold.total > 0 else {
                return StudySession(
                    try StudySession(new: definition, journal, policy: policy?(definition)),
                    closing: journal)
            }
            let stored = beginning.fold.definition
            let definition = try stored.flatMap { try continued?($0) } ?? definition
            let place = journal.location.description
            let study = try StudySession(
                resuming: beginning, in: journal, with: definition, extending: options.extends,
                policy: policy?(definition))
            let state = study.state
            log(text(of: state, at: address))
            if let text = try RepeatedWork(of: study, programsIn: place).text { log(text) }
            for change in definition.changes(from: state.definition) {
                log("\(change.field): it was extended to \(change.before ?? "none") and stays so")
            }
            return StudySession(study, closing: journal)
        } catch {
            try? journal.close()
            throw error
        }
    }

    /// What is resumed, or why nothing is.
    private func text(of state: StudyState, at place: String) -> String {
        guard let reason = state.endReason else {
            return "continuing \(place): \(state.reportCount) reports"
        }
        return "\(place) has ended: \(reason.sentence) (\(state.trials.count) trials, "
            + "\(state.reportCount) reports); nothing is run. "
            + Self.extension(after: reason) + options.adviceForAnother
    }

    /// What would make a study continue that has ended.
    private static func `extension`(after reason: EndReason) -> String {
        switch reason {
        case .trialsDone, .trialFailed: "--resume --extend --trials N continues with more trials, "
        case .spaceExhausted: "--resume --extend continues with a wider space, "
        case .noGain: "--resume --extend continues with a larger stop.no_gain, "
        case .budgetUsed: "--resume --extend continues with a larger budget, "
        case .timeOut, .interrupt, .stopped: ""
        }
    }
}

extension StudySession {
    /// A session that closes its journal at the end, and says where it is kept.
    fileprivate init(_ session: StudySession, closing journal: any Journal) {
        self = session
        place = journal.location == .memory ? nil : journal.location.description
        close = journal.close
    }
}
