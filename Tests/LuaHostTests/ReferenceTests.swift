import Foundation
import LuaHost
import Settings
import Testing

/// The tables of settings in docs/ are made from the declarations.
///
/// `MOHPO_WRITE_REFERENCE=1 swift test --filter ReferenceTests` writes them again.
@Suite struct ReferenceTests {
    private static let documents = ["api.md", "programs.md"].map { name in
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../docs/\(name)").standardized
    }

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
        let tables = Self.tables
        let names = try Self.documents.flatMap { try compare($0, with: tables) }
        #expect(names.sorted() == tables.keys.sorted())
    }

    /// Compares the tables of a document, or writes them.
    ///
    /// - Returns: what it has tables of.
    private func compare(
        _ document: URL, with tables: [String: String]
    ) throws -> [String] {
        let text = try String(contentsOf: document, encoding: .utf8)
        var made = ""
        var rest = text[...]
        var names: [String] = []
        while let start = rest.firstMatch(of: /<!-- settings: (.+) -->\n/) {
            let name = String(start.1)
            names.append(name)
            let end = try #require(rest.range(of: "<!-- end of settings -->"))
            made += rest[..<start.range.upperBound]
            made += try #require(tables[name], "no settings are declared for \(name)")
            made += rest[end]
            rest = rest[end.upperBound...]
        }
        made += rest
        if Self.writes { try made.write(to: document, atomically: true, encoding: .utf8) }
        #expect(
            made == text || Self.writes,
            "\(document.path): run MOHPO_WRITE_REFERENCE=1 swift test --filter ReferenceTests")
        return names
    }
}
