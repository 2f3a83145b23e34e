/// Exit codes, as documented for users.
package enum ExitStatus {
    /// All is well.
    package static let done: Int32 = 0
    static let failed: Int32 = 1
    static let usage: Int32 = 2
    /// Of `ask`: there are no more trials.
    static let noMore: Int32 = 3
    static let interrupted: Int32 = 130
    static let terminated: Int32 = 143
}
