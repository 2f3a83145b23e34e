internal import Engine
internal import Report

extension Value {
    /// The value as people read it.
    var shown: String {
        if case .real(let number) = self { readable(number) } else { description }
    }
}

extension Number {
    /// The number as people read it.
    var shown: String { value.shown }
}
