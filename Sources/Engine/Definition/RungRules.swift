/// Which rules decide at the rungs of a study, and how its configurations are drawn.
///
/// A study keeps the rules it was created under: it continues under them when it is resumed, and
/// replay works its decisions out again by them. Studies of programs that recorded no number have
/// the first.
public enum RungRules: Int, Hashable, Sendable, CaseIterable {
    /// Invalid reports count towards a rung's quota, so that one may continue where most are
    /// invalid; costs are mapped to 0…1 between the best and the worst of the rung.
    case first = 1
    /// A rung's quota counts valid reports alone, so that an invalid one never continues; costs are
    /// mapped between the best and the worst that is no outlier (`OutlierLimit`).
    case second = 2
    /// As the second; what is drawn in log space has the same bits on every processor.
    case third = 3
    /// As the third; a model counts the trials that run.
    case fourth = 4

    /// The rules of new studies.
    public static let current = RungRules.fourth

    /// How domains with `log` are drawn.
    public var drawing: LogArithmetic {
        switch self {
        case .first, .second: .system
        case .third, .fourth: .portable
        }
    }

    /// Whether a model takes account of trials that run.
    var modelCountsRunning: Bool {
        switch self {
        case .first, .second, .third: false
        case .fourth: true
        }
    }
}
