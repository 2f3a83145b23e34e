internal import NN
internal import Running
internal import Synchronization

/// The networks that paused trials have made.
///
/// They keep what they continue from, in memory as long as there is enough. Where there is not, they
/// go to a temporary file, those first whose trials have been paused for longest, and each comes back
/// with its next operation.
///
/// `reclaim` may be called from any thread, the rest belongs to the thread of the script.
final class PausedNetworks: Sendable {
    private struct State {
        /// By trial, its networks that are in memory.
        var networks: [Int: [WeakNetwork]] = [:]
        /// Trials that were paused, in that order; those that have continued are still in it.
        var order: [Int] = []
        /// What the user has not been told yet.
        var notes: [(level: RunMessageLevel, text: String)] = []
        var hasMoved = false
        var hasFailed = false
    }
    private struct WeakNetwork {
        weak var network: (any TrainableNetwork)?
    }

    private let state = Mutex(State())
    /// Held by the thread that moves networks: another one waits for what becomes free.
    private let moving = Mutex(())
    private let store: BufferStore?

    /// - Parameter store: nil: they stay in memory.
    init(_ store: BufferStore?) { self.store = store }

    /// A trial is paused.
    func add(_ networks: [any TrainableNetwork], of trial: Int) {
        for network in networks { network.forgetScratch() }
        guard store != nil, !networks.isEmpty else { return }
        state.withLock { state in
            state.networks[trial] = networks.map { WeakNetwork(network: $0) }
            state.order.append(trial)
        }
    }

    /// A trial continues, or has ended.
    func remove(_ trial: Int) {
        guard store != nil else { return }
        state.withLock { state in
            state.networks[trial] = nil
            guard state.order.count > 2 * state.networks.count + 16 else { return }
            state.order.removeAll { state.networks[$0] == nil }
        }
    }

    /// Moves networks to the file until so many bytes of memory are free.
    ///
    /// - Returns: whether some became free. Where not, they may have by another thread, for which it
    ///   has waited.
    func reclaim(_ bytes: Int) -> Bool {
        guard let store else { return false }
        return moving.withLock { _ in
            var freed = 0
            while freed < bytes, let (network, trial) = next() {
                do { freed += try network.moveOut(to: store) } catch {
                    putBack(network, of: trial, because: error)
                    break
                }
            }
            if freed > 0 { noteMoved(to: store.folder) }
            return freed > 0
        }
    }

    /// What the user has to be told since the last call, each once.
    func takeNotes() -> [(level: RunMessageLevel, text: String)] {
        state.withLock { state in
            defer { state.notes = [] }
            return state.notes
        }
    }

    /// A network to move, with its trial; nil where none is left.
    private func next() -> (any TrainableNetwork, trial: Int)? {
        state.withLock { state in
            while let trial = state.order.first {
                while let last = state.networks[trial]?.popLast() {
                    if let network = last.network { return (network, trial) }
                }
                state.networks[trial] = nil
                state.order.removeFirst()
            }
            return nil
        }
    }

    /// Keeps a network that could not be moved as the next to move.
    private func putBack(_ network: any TrainableNetwork, of trial: Int, because error: any Error) {
        state.withLock { state in
            state.networks[trial, default: []].append(WeakNetwork(network: network))
            if state.order.first != trial { state.order.insert(trial, at: 0) }
            guard !state.hasFailed else { return }
            state.hasFailed = true
            state.notes.append(
                (
                    .warning,
                    "the networks of paused trials stay in memory, where --memory-limit leaves no "
                        + "room: \(error); TMPDIR names another folder"
                ))
        }
    }

    private func noteMoved(to folder: String?) {
        state.withLock { state in
            guard !state.hasMoved else { return }
            state.hasMoved = true
            state.notes.append(
                (
                    .notice,
                    "the memory limit is reached: networks of paused trials go to a temporary file "
                        + "in \(folder ?? "") until they continue"
                ))
        }
    }
}
