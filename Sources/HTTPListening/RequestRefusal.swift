/// What is wrong with a request.
package struct RequestRefusal: Error, Equatable, Sendable {
    /// The status of the answer.
    package let status: Int
    /// What was expected, and what was got.
    package let text: String

    /// A refusal in words for the one who asks.
    package init(_ status: Int, _ text: String) { (self.status, self.text) = (status, text) }
}
