/// A row that holds nothing a program ever wrote.
struct RowError: Error {}
