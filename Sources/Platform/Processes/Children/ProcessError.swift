/// Why a program cannot be started.
package struct ProcessError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What cannot be used: the program or its working directory, as it was named.
    package let subject: String
    /// What the system says, an `errno`.
    package let number: Int32

    init(about subject: String, number: Int32) { (self.subject, self.number) = (subject, number) }

    package var description: String {
        "\(subject): cannot be started: \(FileError.system(number))"
    }
}
