internal import Engine
internal import Running
internal import Settings

/// What `ag.experiment` is told in plain values.
///
/// Settings of the study itself are declared in ``StudyOptions``; here are those of the host.
struct ExperimentOptions: SettingOptions {
    /// Nil for the name of the script.
    var name: String?
    var study = StudyOptions()
    /// Nil where none is given: chance, and with type `model` the model itself.
    var searcher: SearcherKind?
    /// Seconds after which the search ends.
    var timeOut: Double?
    /// Seconds after which a trial fails.
    var trialTimeOut: Double?
    /// Which reports keep what they were given to keep.
    var keeps = KeepRule.front

    static let settings =
        [name] + objects + StudyOptions.settings.map { $0.within(\.study) } + [
            Setting(
                "time_out", \.timeOut, is: .number(above: 0), type: "seconds > 0",
                option: CommandOption("time-out", "seconds"),
                help: "seconds after which the search ends",
                details: "looked at between steps, so a trial that computes in Lua can delay it"),
            Setting(
                "trial_time_out", \.trialTimeOut, is: .number(above: 0), type: "seconds > 0",
                help: "a trial that computes for longer fails, also in an endless Lua loop (not in "
                    + "a C function that does not return)",
                details: "what it waits for does not count. Lua code of such trials is slower"),
            Setting(
                "keep", \.keeps, is: .choice,
                help: "which reports [keep](#reportermetrics--kept) what the second table of "
                    + "`reporter` holds: those on the front, the best in each objective, all or "
                    + "none"),
            Setting(
                "searcher", \.searcher, is: .choice, standard: "`\"random\"`",
                help:
                    "what chooses configurations with `\"stopping\"` and `\"promotion\"`: chance, or "
                    + "[a model](search.md)"),
        ]

    private static let name = Setting<ExperimentOptions>(
        "name", \.name, is: .text, standard: "the script's file name", help: "for people")

    /// What no plain value can say; ``ExperimentDeclaration`` reads it.
    private static let objects: [Setting<ExperimentOptions>] = [
        Setting(
            "space", type: "table or `ag.space`", standard: "needed",
            help: "parameters and constants, see [below](#search-space)"),
        Setting(
            "objectives", type: "table", standard: "needed", help: "see [below](#objectives)"),
        Setting(
            "constraints", type: "table",
            help: "bounds on reported metrics, see [below](#constraints)"),
        Setting(
            "train", type: "function", standard: "needed",
            help: "`train(args, reporter)`, called once for each trial"),
        Setting(
            "initial", type: "array of tables",
            help: "configurations to try first, see [below](#given-configurations)"),
        Setting(
            "warm_start", type: "array of studies",
            help: "earlier studies, whose fronts are tried first and which a model learns from, "
                + "see [below](#earlier-studies)"),
        Setting(
            "scheduler", type: "[`ag.hyperband`](#aghyperbandoptions)",
            standard: "`ag.hyperband {}`", help: "when trials are compared"),
        Setting(
            "scalarization_options", type: "table", standard: "`random_weights`",
            help: "how they are [ranked](#ranking)"),
    ]
}
