/// The end of a query for the rows of a table behind the first `count`, in order.
///
/// Where all are read no row is left out, so that one that does not belong there is noticed.
///
/// - Parameter first: the number of the table's first row.
func rowOrder(after count: Int, first: Int) -> String {
    (count > 0 ? " WHERE rowid >= \(count + first)" : "") + " ORDER BY rowid"
}
