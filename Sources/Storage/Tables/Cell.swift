internal import Engine

/// What a column can hold of a value.
enum Cell {
    case null
    case integer(Int)
    case real(Double)
    case text(String)

    /// SQLite has no NaN: it is the text "nan", which no other number is.
    init(_ number: Number) {
        switch number {
        case .integer(let value): self = .integer(value)
        case .real(let value): self = value.isNaN ? .text("nan") : .real(value)
        }
    }
}

extension SQLStatement {
    mutating func bind(_ cell: Cell) {
        switch cell {
        case .null: bind(Int?.none)
        case .integer(let value): bind(value)
        case .real(let value): bind(value)
        case .text(let value): bind(value)
        }
    }
}

extension RowChecksum {
    mutating func add(_ cell: Cell) {
        switch cell {
        case .null: addNull()
        case .integer(let value): add(value)
        case .real(let value): add(value)
        case .text(let value): add(value)
        }
    }

    mutating func add(_ text: String?) {
        if let text { add(text) } else { addNull() }
    }

    mutating func add(_ integer: Int?) {
        if let integer { add(integer) } else { addNull() }
    }
}
