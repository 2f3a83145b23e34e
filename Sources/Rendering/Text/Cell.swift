/// One value of a table, as it is before it is laid out.
package enum Cell: Equatable, Sendable {
    case text(String)
    /// Written exactly, digit by digit.
    case integer(Int64)
    case number(Double)
    case flag(Bool)
    case empty
}
