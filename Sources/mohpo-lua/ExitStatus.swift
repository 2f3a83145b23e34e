/// Exit codes, as documented for users.
enum ExitStatus {
    static let done: Int32 = 0
    static let failed: Int32 = 1
    static let usage: Int32 = 2
    static let interrupted: Int32 = 130
    static let terminated: Int32 = 143
}
