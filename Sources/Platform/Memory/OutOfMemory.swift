/// That something needs more memory than the budget or the machine has.
public struct OutOfMemory: Error, Equatable, Sendable, CustomStringConvertible {
    /// What the memory is for, as the message says it.
    public let what: String
    /// How many bytes it needs; nil when the size does not fit in an integer or is not known.
    public let bytes: Int?

    /// - Parameters:
    ///   - what: "a network of 784-100-10".
    ///   - bytes: nil when the size does not fit in an integer.
    public init(what: String, bytes: Int?) { (self.what, self.bytes) = (what, bytes) }

    public var description: String {
        guard let bytes else {
            return "not enough memory for \(what): its size exceeds the address space"
        }
        return "not enough memory for \(what): \(describeBytes(bytes)) needed"
    }
}
