internal import Engine
internal import Platform

/// What the trials of an agent say.
extension AgentLoop {
    /// Takes what a trial says. It computes on by itself where nothing is to be decided.
    package func take(_ message: TrialMessage) {
        let trial = message.trial
        guard trials[trial] != nil else { return }
        switch message {
        case .reported(_, let fields, let kept): report(message, fields: fields, kept: kept)
        case .checkpoint(_, let content):
            let resource = reportedResource(of: trial)
            trials[trial]?.checkpoint = Checkpoint(
                trial: trial, resource: resource, content: content)
            trials[trial]?.unsent = content
        case .ended(_, .returned): end(trial, .returned)
        case .ended(_, .failed(let text, let details)):
            end(trial, .failed(message: text, details: details))
        case .heartbeat: break
        }
    }

    private func report(_ message: TrialMessage, fields: [Name: Value], kept: [UInt8]?) {
        let (id, state) = (message.trial, state)
        guard let trial = state.trial(id) else { return }
        let resource: Resource
        do {
            resource = try state.definition.check(
                report: fields, of: id, after: reportedResource(of: id))
        } catch let error as ReportError {
            executor?.refuse(
                message, because: Refusal(error, fields: fields, of: state.definition))
            return
        } catch { preconditionFailure("a check throws nothing else: \(error)") }
        trials[id]?.reported = resource
        let isLast = resource >= state.definition.hyperband.maxResource
        let waits =
            !isLast && state.waits(trial, at: resource, decided: trials[id]?.decided ?? 0)
        post(.reported(fields, kept: kept, waits: waits), of: id)
        if waits {
            trials[id]?.phase = .waiting
            trials[id]?.asked = message
            trials[id]?.since = .now
            // Its slot may go to a trial that can compute.
            queue.wake()
        } else {
            trials[id]?.phase = isLast ? .completing(serial: sent) : .sending(serial: sent)
            if isAway { letContinue(id) }
        }
    }

    private func end(_ trial: Int, _ content: AgentMessage.Content) {
        post(content, of: trial)
        if case .failed = content { failedCheckpoints[trial] = trials[trial]?.checkpoint }
        trials[trial] = nil
        queue.wake()
    }

    func post(_ content: AgentMessage.Content, of trial: Int) {
        sent += 1
        link.send(
            AgentMessage(
                trial: trial, attempt: trials[trial]?.attempt ?? 1, content: content,
                checkpoint: trials[trial]?.unsent, serial: sent))
        trials[trial]?.unsent = nil
    }

    /// All messages up to a serial number are on the board: the trials that sent them compute on.
    func takeSent(_ serial: Int) {
        for (id, trial) in trials.sorted(by: { $0.key < $1.key }) {
            switch trial.phase {
            case .sending(let own) where own <= serial: letContinue(id)
            case .completing(let own) where own <= serial: letContinue(id)
            default: break
            }
        }
    }

    /// Lets a trial compute on whose report needs no answer.
    private func letContinue(_ id: Int) {
        switch trials[id]?.phase {
        case .sending?:
            trials[id]?.phase = .computing
            executor?.carryOut(.continue(trial: id))
        case .completing?:
            trials[id] = nil
            executor?.carryOut(.complete(trial: id))
        default: break
        }
    }

    /// The server is away: trials do not wait for it.
    func letAllContinue() { for id in trials.keys.sorted() { letContinue(id) } }
}
