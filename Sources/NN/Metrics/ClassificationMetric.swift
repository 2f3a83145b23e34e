/// What a classifier can be judged by; names and meanings are scikit-learn's.
///
/// With two classes the second is the positive one. Of a network with an output that is not finite
/// every metric is NaN.
///
/// Source: Pedregosa et al., "Scikit-learn: machine learning in Python", 2011; the user guide's
/// chapter on metrics, version 1.9.
public enum ClassificationMetric: String, CaseIterable, Sendable {
    case accuracy
    /// The mean of the recalls of the classes that have rows.
    case balancedAccuracy = "balanced_accuracy"
    /// Of the positive class, as `precision` and `recall`.
    case f1
    /// The mean over the classes that are true or predicted for a row.
    case f1Macro = "f1_macro"
    /// As `f1Macro`, each class with the weight of its rows.
    case f1Weighted = "f1_weighted"
    case precision
    case precisionMacro = "precision_macro"
    case precisionWeighted = "precision_weighted"
    case recall
    case recallMacro = "recall_macro"
    case recallWeighted = "recall_weighted"
    /// With more than two classes the mean of each against the rest.
    case areaUnderROC = "roc_auc"
    /// With more than two classes the mean of each against the rest.
    case averagePrecision = "average_precision"
    case logLoss = "log_loss"
    /// The squared error of the probabilities: of the positive class, or summed over all classes.
    case brier
    /// The expected calibration error: fifteen bins of equal width by the probability of the
    /// predicted class. Source: Guo et al., "On calibration of modern neural networks", 2017.
    case calibrationError = "ece"
    /// Rows by true class, columns by predicted class.
    case confusion

    /// Whether it only has a meaning where there are two classes.
    package var needsTwoClasses: Bool { [.f1, .precision, .recall].contains(self) }
}

/// What a metric comes out as.
public enum MetricValue: Sendable, Equatable {
    case number(Double)
    /// A confusion matrix.
    case matrix([[Double]])
}
