/// One value of a table, as it is before it is laid out.
package enum Cell: Equatable, Sendable {
    /// A text as it is; writers quote and escape it.
    case text(String)
    /// Written exactly, digit by digit.
    case integer(Int64)
    /// Written exactly where programs read it, rounded where people do.
    case number(Double)
    /// `true` or `false`.
    case flag(Bool)
    /// No value.
    case empty
}
