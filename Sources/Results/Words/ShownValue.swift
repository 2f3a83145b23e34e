package import Engine
internal import Rendering

extension Value {
    /// The value as people read it.
    package var shown: String {
        if case .real(let number) = self { readable(number) } else { description }
    }
}

extension Number {
    /// The number as people read it.
    package var shown: String { value.shown }
}
