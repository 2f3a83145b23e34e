/// Where the configuration of a trial comes from.
///
/// A searcher may have origins of its own: `extension Origin { static let mine = … }`.
public struct Origin: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The name in events and exports: letters, digits and underscores.
    public let rawValue: String

    /// The origin of that name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The space's defaults.
    public static let defaults = Origin(rawValue: "default")
    /// Given with the study (`initial`).
    public static let given = Origin(rawValue: "given")
    /// Added from outside while the study ran.
    public static let added = Origin(rawValue: "added")
    /// Drawn at random.
    public static let random = Origin(rawValue: "random")
    /// One of the last that a finite space has, found by walking through it.
    public static let remaining = Origin(rawValue: "remaining")
    /// Proposed by the model.
    public static let model = Origin(rawValue: "model")
    /// The program that wrote the event did not record it.
    public static let unrecorded = Origin(rawValue: "unrecorded")

    public var description: String { rawValue }
}

/// A configuration for a new trial, and where it comes from.
public struct Proposal: Hashable, Sendable {
    /// The values to try.
    public let configuration: Configuration
    /// Where they come from.
    public let origin: Origin

    /// What a model expects of it; nil where none was asked.
    public var reason: SlotReason?

    /// A configuration from that origin.
    public init(_ configuration: Configuration, origin: Origin, reason: SlotReason? = nil) {
        (self.configuration, self.origin, self.reason) = (configuration, origin, reason)
    }
}
