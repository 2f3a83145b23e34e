internal import CKernels

/// What the loop in C does with the cells of a column.
extension ck_csv_column {
    /// Nothing.
    static var skipped: ck_csv_column {
        ck_csv_column(kind: CK_CSV_SKIP, place: 0, count: 1, blank: .infinity, texts: nil)
    }

    /// They are numbers to predict.
    static var value: ck_csv_column {
        ck_csv_column(kind: CK_CSV_VALUE, place: 0, count: 1, blank: .infinity, texts: nil)
    }

    /// They are numbers.
    ///
    /// - Parameters:
    ///   - place: their place in the row.
    ///   - blank: what stands for a cell of blanks, infinite to ask for it.
    static func number(in place: Int, blank: Float) -> ck_csv_column {
        ck_csv_column(kind: CK_CSV_NUMBER, place: Int32(place), count: 1, blank: blank, texts: nil)
    }

    /// They are looked up among texts, which have to live as long as the column.
    static func texts(_ kind: ck_csv_kind, _ texts: TextCodes) -> ck_csv_column {
        ck_csv_column(kind: kind, place: 0, count: 1, blank: .infinity, texts: texts.table)
    }
}

extension [ck_csv_column] {
    /// Lets each column say how many there are from it on that are read together.
    mutating func countAlike() {
        for index in indices.reversed() {
            let isAlike = index + 1 < count && self[index].isFollowed(by: self[index + 1])
            self[index].count = isAlike ? self[index + 1].count + 1 : 1
        }
    }
}

extension ck_csv_column {
    /// Whether the next column is read together with this one.
    fileprivate func isFollowed(by next: ck_csv_column) -> Bool {
        guard kind == next.kind else { return false }
        return kind == CK_CSV_SKIP || kind == CK_CSV_NUMBER && next.place == place + 1
    }
}
