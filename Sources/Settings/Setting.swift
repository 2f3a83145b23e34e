/// One setting: its name, what it may be, its default, and a line that explains it.
///
/// Declared once. Tables of scripts and options of the command line are read by it, errors and help
/// have their words from it, and the tables of `docs/api.md` are made from it.
///
/// ```swift
/// Setting("retries", \.retries, is: .integer(atLeast: 0), help: "how often a trial is tried again")
/// ```
package struct Setting<Options: Sendable>: Sendable {
    /// The name in a table of a script.
    package let key: String
    /// What the reference says of values: `integer ≥ 1`.
    package let type: String
    /// The default as the reference says it; empty where there is none.
    package let standard: String
    /// What the setting does, in a line.
    package let help: String
    /// What the reference adds to that.
    package let details: String
    /// How the command line offers it; nil where it does not.
    package let option: CommandOption?

    /// Whether values are arrays.
    package let isArray: Bool
    /// The words that values are; empty where there are others.
    package let choices: [String]

    private let assign: (@Sendable (PlainValue, inout Options) -> SettingProblem?)?
    private let check: @Sendable (Options) -> SettingProblem?
    private let copy: (@Sendable (Options, inout Options) -> Void)?

    /// A setting that is kept in a field of the options; its default is that of `Options()`.
    ///
    /// - Parameters:
    ///   - kind: what it may be.
    ///   - type, standard: what the reference says in place of the kind's and the default's words.
    package init<Value>(
        _ key: String, _ field: any WritableKeyPath<Options, Value> & Sendable,
        is kind: SettingKind<Value>, type: String? = nil, standard: String? = nil,
        option: CommandOption? = nil, help: String, details: String = ""
    ) where Options: SettingOptions {
        self.init(
            key: key, type: type ?? kind.type,
            standard: standard ?? kind.text(Options()[keyPath: field]), help: help,
            details: details, option: option, isArray: kind.isArray, choices: kind.choices,
            assign: kind.assigning { $1[keyPath: field] = $0 },
            check: { kind.problem($0[keyPath: field]) },
            copy: { $1[keyPath: field] = $0[keyPath: field] })
    }

    /// As above, for a field that is nil where nothing is given.
    package init<Value>(
        _ key: String, _ field: any WritableKeyPath<Options, Value?> & Sendable,
        is kind: SettingKind<Value>, type: String? = nil, standard: String = "",
        option: CommandOption? = nil, help: String, details: String = ""
    ) where Options: SettingOptions {
        self.init(
            key: key, type: type ?? kind.type, standard: standard, help: help, details: details,
            option: option, isArray: kind.isArray, choices: kind.choices,
            assign: kind.assigning { $1[keyPath: field] = $0 },
            check: { $0[keyPath: field].flatMap(kind.problem) }, copy: nil)
    }

    /// A setting that holds what is no plain value, such as a function. Its owner reads it.
    package init(
        _ key: String, type: String, standard: String = "", option: CommandOption? = nil,
        help: String, details: String = ""
    ) {
        self.init(
            key: key, type: type, standard: standard, help: help, details: details, option: option,
            isArray: false, choices: [], assign: nil, check: { _ in nil }, copy: nil)
    }

    private init(
        key: String, type: String, standard: String, help: String, details: String,
        option: CommandOption?, isArray: Bool, choices: [String],
        assign: (@Sendable (PlainValue, inout Options) -> SettingProblem?)?,
        check: @escaping @Sendable (Options) -> SettingProblem?,
        copy: (@Sendable (Options, inout Options) -> Void)?
    ) {
        (self.key, self.type, self.standard) = (key, type, standard)
        (self.help, self.details, self.option) = (help, details, option)
        (self.isArray, self.choices) = (isArray, choices)
        (self.assign, self.check, self.copy) = (assign, check, copy)
    }

    /// What the setting does, with what the reference adds.
    package var meaning: String { joined(help, details) }

    /// Whether ``set(_:in:)`` reads it, and not its owner.
    package var isPlain: Bool { assign != nil }

    /// Reads a value that a user gave; tells what is wrong with it, and then leaves the options as
    /// they are.
    package func set(_ value: PlainValue, in options: inout Options) -> SettingProblem? {
        assign?(value, &options)
    }

    /// Takes the value from other options. A setting that is nil where nothing is given stays: that it
    /// is not given has a meaning.
    func take(from other: Options, into options: inout Options) { copy?(other, &options) }

    /// What is wrong with the value that the options hold.
    package func problem(in options: Options) -> SettingProblem? { check(options) }

    /// The same setting of larger options that hold these in a field.
    package func within<Whole>(
        _ field: any WritableKeyPath<Whole, Options> & Sendable
    ) -> Setting<Whole> {
        var assignWithin: (@Sendable (PlainValue, inout Whole) -> SettingProblem?)?
        if let assign {
            assignWithin = { value, whole in assign(value, &whole[keyPath: field]) }
        }
        var copyWithin: (@Sendable (Whole, inout Whole) -> Void)?
        if let copy {
            copyWithin = { other, whole in copy(other[keyPath: field], &whole[keyPath: field]) }
        }
        return Setting<Whole>(
            key: key, type: type, standard: standard, help: help, details: details, option: option,
            isArray: isArray, choices: choices, assign: assignWithin,
            check: { [check] whole in check(whole[keyPath: field]) }, copy: copyWithin)
    }
}

extension SettingKind {
    fileprivate func assigning<Options>(
        _ store: @escaping @Sendable (Value, inout Options) -> Void
    ) -> @Sendable (PlainValue, inout Options) -> SettingProblem? {
        { given, options in
            switch read(given) {
            case .success(let value): store(value, &options)
            case .failure(let problem): return problem
            }
            return nil
        }
    }
}

/// Two parts of an explanation; the second begins a sentence of its own where it has a capital.
func joined(_ help: String, _ details: String) -> String {
    guard let first = details.first else { return help }
    return help + (first.isUppercase ? ". " : "; ") + details
}
