/// A search space as points of the unit cube, for searchers that need distances.
///
/// Each parameter is a coordinate, in the order of ``SearchSpace/parameters``; constants are left
/// out. A number becomes a number from 0 to 1:
///
/// - `Real`: its place between the ends, in log space with `log`; with `step`, by index, as `Int`;
/// - `Int`: the middle of its cell, (index + ½) / count; with `log` the same in log space, where the
///   cells have the lengths that drawing gives them;
/// - `Ordinal`: as `Int` over its index.
///
/// `Categorical`, `Bool` and the branch of a `Choice` are categories: the number of the value, of
/// which only the equality counts. Of a parameter that is absent a number is ½, and a category
/// ``absentCategory``, which equals nothing else.
///
/// ```swift
/// let encoding = UnitCubeEncoding(space)
/// let point = encoding.encode(space.defaults)     // shape [d]
/// encoding.decode(point) == space.defaults        // true
/// ```
///
/// Edge cases: of a domain of one value the number is ½. Beyond 2^53 values, neighbouring integers
/// may share a number; decoding then gives one of them that is less than the distance of two
/// doubles away.
public struct UnitCubeEncoding: Sendable {
    /// One number of a point.
    public struct Coordinate: Hashable, Sendable {
        /// What its values mean.
        public enum Kind: Hashable, Sendable {
            /// A number from 0 to 1.
            case number
            /// One of `count` categories, numbered from 0, or absent.
            case category(count: Int)
        }

        /// The spelling of the parameter's path, which parameters of two branches may share.
        public let name: String
        /// What its values mean.
        public let kind: Kind
    }

    /// What a category has where its parameter is absent.
    public static let absentCategory = -1.0
    /// What a number has where its parameter is absent.
    public static let absentNumber = 0.5

    /// The coordinates of a point, in order: one for each parameter of any branch.
    public let coordinates: [Coordinate]
    private let parameters: [Parameter]
    private let scales: [CoordinateScale]
    private let hasBranches: Bool
    /// For each coordinate where the best values are believed to lie; nil where nothing is known.
    package let priors: [CoordinatePrior?]

    /// The encoding of `space`.
    ///
    /// - Complexity: O(parameters).
    public init(_ space: SearchSpace) {
        parameters = space.parameters
        scales = parameters.map(CoordinateScale.init)
        hasBranches = parameters.contains { $0.condition != nil }
        priors = scales.map(\.prior)
        coordinates = zip(parameters, scales).map { Coordinate(name: $0.path, kind: $1.kind) }
    }

    /// The point of a configuration.
    ///
    /// A parameter that the configuration lacks though its branch is chosen (an earlier study had
    /// none of the name) is treated as absent, and so is a value that the domain does not have and
    /// that is no number; a number beyond the ends of its range is taken for the end.
    ///
    /// - Returns: the values of ``coordinates``, shape [d].
    /// - Complexity: O(parameters).
    public func encode(_ configuration: Configuration) -> [Double] {
        let values = Dictionary(
            zip(configuration.paths, configuration.values),
            uniquingKeysWith: { first, _ in first })
        var active = ActiveBranches(parameters)
        return parameters.indices.map { index in
            let (parameter, scale) = (parameters[index], scales[index])
            guard active.contains(parameter), let value = values[Name(parameter.path)],
                let coordinate = scale.coordinate(of: value)
            else { return scale.absent }
            if case .choice = parameter.kind { active.choose(Int(coordinate), at: index) }
            return coordinate
        }
    }

    /// The configuration nearest to a point: numbers snap to the nearest cell or grid value.
    ///
    /// - Parameter point: the values of ``coordinates``, shape [d]. Those of absent parameters do
    ///   not matter. Numbers outside 0…1 and NaN are taken for the nearest end and the middle,
    ///   categories that there are not for the first.
    /// - Complexity: O(parameters).
    public func decode(_ point: [Double]) -> Configuration {
        precondition(point.count == coordinates.count, "a point has a number for each coordinate")
        var active = ActiveBranches(parameters)
        var paths: [Name] = []
        var values: [Value] = []
        for (index, parameter) in parameters.enumerated() where active.contains(parameter) {
            let value = scales[index].value(at: point[index])
            if case .choice = parameter.kind {
                active.choose(scales[index].category(of: point[index]), at: index)
            }
            paths.append(Name(parameter.path))
            values.append(value)
        }
        return Configuration(paths: paths, values: values)
    }

    /// Which coordinates a point's own categories make present: those of no branch, and those of the
    /// branches it chooses.
    ///
    /// - Returns: a flag for each coordinate, shape [d].
    /// - Complexity: O(parameters).
    public func isPresent(in point: [Double]) -> [Bool] {
        precondition(point.count == coordinates.count, "a point has a number for each coordinate")
        var active = ActiveBranches(parameters)
        return parameters.indices.map { index in
            guard active.contains(parameters[index]) else { return false }
            if case .choice = parameters[index].kind {
                active.choose(scales[index].category(of: point[index]), at: index)
            }
            return true
        }
    }

    /// How far a point is from the priors of the coordinates that are present: the sum of squared
    /// distances in standard deviations.
    ///
    /// - Complexity: O(parameters).
    package func priorDistance(of point: [Double]) -> Double {
        let isPresent = isPresent(in: point)
        return priors.indices.reduce(0) { sum, index in
            guard isPresent[index], let prior = priors[index] else { return sum }
            return sum + prior.squaredDistance(to: point[index])
        }
    }

    /// The point that `decode` and `encode` make of this one: numbers in the middle of their cells,
    /// absent parameters at their places.
    ///
    /// - Complexity: O(parameters).
    public func snapped(_ point: [Double]) -> [Double] {
        precondition(point.count == coordinates.count, "a point has a number for each coordinate")
        guard hasBranches else { return scales.indices.map { scales[$0].snapped(point[$0]) } }
        var active = ActiveBranches(parameters)
        return parameters.indices.map { index in
            guard active.contains(parameters[index]) else { return scales[index].absent }
            let coordinate = scales[index].snapped(point[index])
            if case .choice = parameters[index].kind {
                active.choose(Int(coordinate), at: index)
            }
            return coordinate
        }
    }
}
