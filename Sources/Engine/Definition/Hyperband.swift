/// Multi-fidelity settings: at which resources trials are compared and what happens to the worse.
///
/// Source: Li et al. 2018, "A system for massively parallel hyperparameter tuning" (ASHA), and
/// Li et al. 2017, "Hyperband".
public struct Hyperband: Hashable, Sendable {
    /// What happens to a trial at a rung.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A trial outside the best part of its rung is stopped.
        case stopping
        /// A trial pauses at every rung and continues when it is among the best part.
        case promotion
        /// A trial pauses at every rung, and a model gives free slots to paused and new trials.
        case model

        /// The first rung level where none is asked for.
        ///
        /// What a first report says hardly foretells the last one; the second or third does. A
        /// model must learn it, while a stopping rule only loses the trials it judges too early.
        /// It is a number of steps of the resolution.
        package func defaultGracePeriod(
            maxResource: Resource, resolution: Resource = 1
        ) -> Resource {
            let end = maxResource.steps(of: resolution)
            let steps =
                switch self {
                case .stopping, .promotion: 1
                case .model: max(end >= 20 ? 2 : 1, Int((Double(end) / 26).rounded()))
                }
            return min(resolution.multiplied(by: steps) ?? maxResource, maxResource)
        }
    }

    /// The name of the resource in a report ("epoch").
    public let timeAttribute: String
    /// The resource at which a trial is complete (`max_t`).
    public let maxResource: Resource
    /// The step in which the virtual clock counts the resource. With 1 resources are whole numbers;
    /// with any other they are real.
    public let resolution: Resource
    /// The first rung level, unless levels are given.
    public let gracePeriod: Resource
    /// One in this many continues at a rung.
    public let reductionFactor: Int
    /// How many brackets there are: as asked for, but at most one for every rung level.
    public let brackets: Int
    /// What happens to a trial at a rung (`type`).
    public let kind: Kind
    /// The levels of bracket 0, increasing, all below `maxResource`. Empty when the grace period is
    /// `maxResource`: then every trial runs to the end.
    public let rungLevels: [Resource]

    /// - Throws: as ``init(_:)``.
    public init(
        timeAttribute: String = HyperbandOptions.standard.timeAttribute, maxResource: Resource,
        resolution: Resource = HyperbandOptions.standard.resolution,
        gracePeriod: Resource? = HyperbandOptions.standard.gracePeriod,
        reductionFactor: Int = HyperbandOptions.standard.reductionFactor,
        brackets: Int = HyperbandOptions.standard.brackets,
        kind: Kind = .stopping, rungLevels: [Resource]? = nil
    ) throws {
        var options = HyperbandOptions()
        options.timeAttribute = timeAttribute
        options.maxResource = maxResource
        options.resolution = resolution
        options.gracePeriod = gracePeriod
        options.reductionFactor = reductionFactor
        options.brackets = brackets
        options.kind = kind
        options.rungLevels = rungLevels
        try self.init(options)
    }

    /// Of explicit levels, a last one equal to `maxResource` is left out, since the end is never a
    /// decision; the grace period is then not used.
    ///
    /// - Throws: `SettingError` under the names `time_attr`, `max_t`, `resolution`, `grace_period`,
    ///   `reduction_factor`, `brackets` and `rung_levels`.
    public init(_ options: HyperbandOptions) throws {
        guard !options.timeAttribute.isEmpty else {
            throw SettingError(field: "time_attr", expected: "a name", got: "an empty one")
        }
        guard let maxResource = options.maxResource else {
            throw SettingError(field: "max_t", expected: "an integer of at least 1", got: "none")
        }
        try options.check()
        try options.checkResolution(maxResource)
        let kind = options.kind ?? options.standardKind
        guard kind != .model || options.brackets == 1 else {
            throw SettingError(
                field: "brackets",
                expected: "1 with type \"model\", which chooses what to compare itself",
                got: "\(options.brackets)")
        }
        let grace =
            options.gracePeriod
            ?? kind.defaultGracePeriod(maxResource: maxResource, resolution: options.resolution)
        if let levels = options.rungLevels {
            rungLevels = try Self.checked(
                levels, maxResource: maxResource, areWhole: options.resolution == 1)
        } else {
            guard grace <= maxResource else {
                throw SettingError(
                    field: "grace_period", expected: "at most max_t (\(maxResource))",
                    got: "\(grace)")
            }
            rungLevels = Self.levels(grace, options.reductionFactor, below: maxResource)
        }
        timeAttribute = options.timeAttribute
        self.maxResource = maxResource
        resolution = options.resolution
        gracePeriod = grace
        reductionFactor = options.reductionFactor
        brackets = max(1, min(options.brackets, rungLevels.count))
        self.kind = kind
    }

    /// Checks settings that were decoded, which nothing has checked before.
    ///
    /// - Throws: `SettingError`, as `init`.
    func check() throws {
        // Levels that were worked out are checked as if they had been given; no level is as good as
        // the end alone.
        let checked = try Hyperband(
            timeAttribute: timeAttribute, maxResource: maxResource, resolution: resolution,
            gracePeriod: gracePeriod, reductionFactor: reductionFactor, brackets: brackets,
            kind: kind,
            rungLevels: rungLevels.isEmpty ? [maxResource] : rungLevels)
        guard checked.rungLevels == rungLevels else {
            throw SettingError(
                field: "rung_levels", expected: "levels below max_t (\(maxResource))",
                got: rungLevels.map(\.description).joined(separator: ", "))
        }
        guard checked.brackets == brackets else {
            throw SettingError(
                field: "brackets", expected: "at most one for each rung level",
                got: "\(brackets)")
        }
    }

    /// The rung levels of bracket s: all but the first s.
    public func levels(ofBracket bracket: Int) -> ArraySlice<Resource> {
        rungLevels.dropFirst(bracket)
    }

    /// Whether resources are whole numbers.
    public var isWhole: Bool { resolution == 1 }

    /// Whether the levels follow from the grace period and were not given one by one.
    var hasGrownLevels: Bool {
        rungLevels == Self.levels(gracePeriod, reductionFactor, below: maxResource)
    }

    /// The virtual time that a trial takes from one resource to another. What goes beyond the maximum is
    /// not counted, so that virtual time stays small.
    func steps(from start: Resource, to end: Resource) -> Int {
        min(end, maxResource).steps(of: resolution) &- start.steps(of: resolution)
    }

    /// Large enough for any resource in steps of the resolution, and small enough that the virtual
    /// time of millions of trials in a row fits an `Int`.
    static let largestResource = 1 << 40

    /// By integers: floor(log(243, 3)) is 4 in floating point, and a rung would be lost. A grace
    /// period that is no whole number is multiplied in its decimal digits, for the same reason.
    private static func levels(
        _ grace: Resource, _ factor: Int, below end: Resource
    ) -> [Resource] {
        var levels: [Resource] = []
        var level: Resource? = grace
        while let next = level, next < end {
            levels.append(next)
            level = next.multiplied(by: factor)
        }
        return levels
    }

    private static func checked(
        _ levels: [Resource], maxResource: Resource, areWhole: Bool
    ) throws -> [Resource] {
        let increasing = zip(levels, levels.dropFirst()).allSatisfy { $0 < $1 }
        guard let first = levels.first, let last = levels.last, increasing, first > 0,
            last <= maxResource
        else {
            throw SettingError(
                field: "rung_levels",
                expected: "increasing positive \(areWhole ? "integers" : "numbers") up to max_t "
                    + "(\(maxResource))",
                got: "{" + levels.map(\.description).joined(separator: ", ") + "}")
        }
        return last == maxResource ? levels.dropLast() : levels
    }
}
