import Foundation
import Settings
import Testing

/// Options that are given as a table, or on the command line.
struct PatienceOptions: SettingOptions {
    /// A trial ends after so many reports without progress.
    var patience = 10

    static let settings: [Setting<PatienceOptions>] = [
        Setting(
            "patience", \.patience, is: .integer(atLeast: 1), option: CommandOption("patience"),
            help: "a trial ends after so many reports without progress")
    ]
}

/// The example of docs/development.md is the one above.
@Suite struct NewSettingExample {
    @Test func theDocumentShowsThisFile() throws {
        let here = URL(fileURLWithPath: #filePath)
        let docs = here.deletingLastPathComponent()
            .appendingPathComponent("../../docs/development.md").standardized
        let section = try String(contentsOf: docs, encoding: .utf8)
            .split(separator: "## A new setting\n").last
        let block = try #require(section?.firstMatch(of: /```swift\n((?s:.+?))```/)?.1)
        #expect(try String(contentsOf: here, encoding: .utf8).contains(block))
    }

    @Test func theExampleIsReadAndRefused() {
        var options = PatienceOptions()
        #expect(PatienceOptions.settings[0].set(.integer(3), in: &options) == nil)
        #expect(options.patience == 3)
        let problem = PatienceOptions.settings[0].set(.word("abc"), in: &options)
        #expect(problem?.expected == "an integer of at least 1")
        #expect(problem?.got == "\"abc\"")
    }
}
