/// A program that was started, and this process's ends of its pipes.
package struct ChildProcess: Sendable {
    /// The program and all that it starts.
    package let group: ProcessGroup
    /// Where to write what the program reads; nil without a pipe. Does not block; the holder closes it.
    package let input: Int32?
    /// Where to read what the program writes; nil without a pipe. Does not block; the holder closes it.
    package let output: Int32?
    /// The same for its standard error.
    package let errors: Int32?
}
