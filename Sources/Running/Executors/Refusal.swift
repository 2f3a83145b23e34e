public import Engine
public import Platform

/// Why a message of a trial was refused. The trial has done something wrong or asks for too much; the
/// study continues.
public enum Refusal: Error, CustomStringConvertible {
    /// A report that the study cannot take.
    ///
    /// - nearest: a field that was given and that is probably meant.
    case report(ReportError, nearest: String?)
    /// There is no memory for a report.
    case memory(OutOfMemory)
    /// A checkpoint could not be stored.
    case checkpoint(RunError)

    /// A wrong report of `fields`. One that lacks a field may have it under a similar name.
    init(_ error: ReportError, fields: [String: Value]) {
        guard case .field(let wrong, _) = error, fields[wrong.field] == nil else {
            self = .report(error, nearest: nil)
            return
        }
        self = .report(error, nearest: nearestName(to: wrong.field, among: fields.keys.sorted()))
    }

    public var description: String {
        switch self {
        case .report(let error, let nearest?): "\(error); is \(nearest) meant?"
        case .report(let error, nil): "\(error)"
        case .memory(let error): "\(error)"
        case .checkpoint(let error): "\(error)"
        }
    }
}
