import Dispatch

/// Runs tasks on threads that no other test takes.
///
/// Tests that compute without a pause hold the threads that tasks commonly share, on a slow machine for longer than a
/// server may take.
final class OwnThreads: TaskExecutor {
    private let queue = DispatchQueue(label: "server of a test", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        queue.async { job.runSynchronously(on: executor) }
    }
}
