extension LuaState {
    /// Keeps what answers the call that suspends `thread`.
    func suspend(_ thread: OpaquePointer, _ continuation: @escaping LuaNativeBody) {
        let isKept = driven?._withUnsafeGuaranteedRef { driven in
            guard driven.thread == thread else { return false }
            driven.continuation = continuation
            return true
        }
        if isKept != true { continuations[thread] = continuation }
    }

    /// What answers the suspended call of `thread`, given once.
    func takeContinuation(of thread: OpaquePointer) -> LuaNativeBody? {
        let isDriven = driven?._withUnsafeGuaranteedRef { $0.thread == thread }
        guard isDriven == true else { return continuations.removeValue(forKey: thread) }
        return driven?._withUnsafeGuaranteedRef {
            let continuation = $0.continuation
            $0.continuation = nil
            return continuation
        }
    }
}
