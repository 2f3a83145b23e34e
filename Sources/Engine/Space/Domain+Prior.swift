extension Domain {
    /// Where the best values are believed to lie; nil where nothing is known.
    public var prior: Prior? {
        switch self {
        case .int(let domain): domain.prior
        case .real(let domain): domain.prior
        case .categorical, .ordinal, .boolean: nil
        }
    }

    /// One value at random from the prior; from all where there is none.
    func samplePrior(_ stream: inout RandomStream, by arithmetic: LogArithmetic) -> Value {
        let scale = CoordinateScale(self)
        guard let prior = scale.prior else { return sampleUniform(&stream, by: arithmetic) }
        return scale.value(at: prior.draw(&stream))
    }
}
