import Foundation
import LuaHost
import Settings
import Testing

/// The tables of settings in docs/api.md are made from the declarations.
///
/// `MOHPO_WRITE_REFERENCE=1 swift test --filter ReferenceTests` writes them again.
@Suite struct ReferenceTests {
    private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../docs/api.md").standardized

    private static var writes: Bool {
        ProcessInfo.processInfo.environment["MOHPO_WRITE_REFERENCE"] == "1"
    }

    /// Every table by its name in the document.
    private static var tables: [String: String] {
        var tables = Dictionary(
            uniqueKeysWithValues: SettingReference.all.map { reference in
                let rows = reference.rows.map { ["`\($0[0])`"] + $0.dropFirst() }
                return (reference.owner, table([["option", "type", "default", "meaning"]] + rows))
            })
        let options = RunSettings.offeredSettings.map { setting in
            [
                option(setting), setting.key.map { "`\($0)`" } ?? "",
                setting.key == nil ? setting.meaning : setting.help,
            ]
        }
        tables["the command line"] = table([["option", "in place of", "meaning"]] + options)
        tables["where studies are kept"] = table(
            [["option", "meaning"]]
                + RunSettings.offeredForStudies.map { [option($0), $0.meaning] })
        return tables
    }

    /// `--trials N`
    private static func option(_ setting: OfferedSetting) -> String {
        let value = setting.option.valueName.map { " \($0.uppercased())" } ?? ""
        return "`--\(setting.option.name)\(value)`"
    }

    private static func table(_ rows: [[String]]) -> String {
        var lines = rows.map { row in
            "|" + row.map { $0.isEmpty ? " |" : " \($0) |" }.joined() + "\n"
        }
        lines.insert("|" + rows[0].map { _ in "---|" }.joined() + "\n", at: 1)
        return lines.joined()
    }

    @Test func theTablesAreThoseOfTheDeclarations() throws {
        let text = try String(contentsOf: Self.path, encoding: .utf8)
        var made = ""
        var rest = text[...]
        var names: Set<String> = []
        let tables = Self.tables
        while let start = rest.firstMatch(of: /<!-- settings: (.+) -->\n/) {
            let name = String(start.1)
            names.insert(name)
            let end = try #require(rest.range(of: "<!-- end of settings -->"))
            made += rest[..<start.range.upperBound]
            made += try #require(tables[name], "no settings are declared for \(name)")
            made += rest[end]
            rest = rest[end.upperBound...]
        }
        made += rest
        #expect(names == Set(tables.keys))
        if Self.writes { try made.write(to: Self.path, atomically: true, encoding: .utf8) }
        #expect(
            made == text || Self.writes,
            "docs/api.md: run MOHPO_WRITE_REFERENCE=1 swift test --filter ReferenceTests")
    }
}
