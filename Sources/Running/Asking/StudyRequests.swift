internal import Engine

/// Answers what clients, pages and commands ask of a study as a whole, on its loop's thread.
package struct StudyRequests {
    private let views: AskExecutor.Views
    private let added: AddedConfigurations

    /// - Parameters:
    ///   - views: how a study is shown.
    ///   - added: what the loop's policy starts first.
    package init(views: AskExecutor.Views, added: AddedConfigurations) {
        (self.views, self.added) = (views, added)
    }

    /// The answer; nil for what only concerns those who run a trial.
    func answer(_ content: AskRequest.Content, of loop: StudyLoop) -> AskAnswer? {
        switch content {
        case .front: .document(name: "front", json: views.front(loop.state))
        case .study: .document(name: nil, json: views.study(loop.state))
        case .add(let values): add(values, to: loop.state)
        case .stop(.study): stop(loop)
        case .stop(.trial(let trial)): stop(trial, of: loop)
        case .ask, .told: nil
        }
    }

    private func add(_ values: [Name: Value], to state: StudyState) -> AskAnswer {
        let definition = state.definition
        let configuration: Configuration
        do { configuration = try definition.space.configuration(told: values, field: "add") } catch
        {
            return .error("\(error)")
        }
        if let reason = state.endReason {
            return .error("add: the study has ended: \(reason.sentence)")
        }
        if let limit = definition.trialLimit, state.trials.count + added.count >= limit {
            return .error(
                "add: num_trials is \(limit), and so many trials have been started or added")
        }
        added.add(configuration)
        return .ok
    }

    private func stop(_ loop: StudyLoop) -> AskAnswer {
        if let reason = loop.state.endReason {
            return .error("stop: the study has ended: \(reason.sentence)")
        }
        loop.stop(.stopped)
        return .ok
    }

    private func stop(_ id: Int, of loop: StudyLoop) -> AskAnswer {
        guard let trial = loop.state.trial(id) else {
            let count = loop.state.trials.count
            return .error(
                count == 0
                    ? "stop: no trial has started yet, got \(id)"
                    : "stop: expected a trial from 1 to \(count), got \(id)")
        }
        switch trial.state {
        case .running, .paused:
            loop.stopTrial(id)
            return .ok
        case .completed, .stopped, .failed:
            return .error(
                "stop: expected a trial that runs or waits, got \(id), which is "
                    + trial.state.rawValue)
        }
    }
}
