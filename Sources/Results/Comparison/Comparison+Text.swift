internal import Engine
package import Rendering

/// A comparison as people and programs read it.
extension Comparison {
    /// A title and a table: shares in per cent with the ends of their intervals.
    package func text() -> String {
        let title =
            "\(study): share of the hypervolume found by all, in %, by the resource spent "
            + "(\(seeds) seed\(seeds == 1 ? "" : "s"), 95 % bootstrap intervals)\n"
        let header = ["settings"] + budgets.map { "\($0)" } + ["mean rank", "spent", "level after"]
        let rows = results.map { result -> [Cell] in
            [.text(result.name)] + result.shares.map { .text(Self.percent($0)) }
                + [
                    .text(fixed(result.meanRank, decimals: 2)),
                    .text(fixed(result.spent, decimals: budgets.allSatisfy(\.isWhole) ? 0 : 2)),
                    .text("\(result.levelAfter)"),
                ]
        }
        return title + TextTable(header: header, rows: rows).rendered()
    }

    private static func percent(_ share: BootstrapInterval) -> String {
        let ends = [share.mean, share.low, share.high].map { fixed(100 * $0, decimals: 1) }
        return "\(ends[0]) (\(ends[1])–\(ends[2]))"
    }

    /// One row for each of the settings and each budget.
    package var csvRows: [[Cell]] {
        results.flatMap { result in
            zip(budgets, result.shares).map { budget, share in
                [
                    .text(study), .text(result.name), Cell(budget), .number(share.mean),
                    .number(share.low), .number(share.high), .number(result.meanRank),
                ]
            }
        }
    }

    /// The names of the columns of ``csvRows``.
    package static let csvHeader = [
        "study", "settings", "budget", "share", "share_low", "share_high", "mean_rank",
    ]

    /// The comparison as a JSON object.
    package var json: JSONValue {
        .object([
            .init("study", .string(study)), .init("seeds", .integer(Int64(seeds))),
            .init("budgets", .array(budgets.map { JSONValue($0) })),
            .init("settings", .array(results.map(Self.json))),
        ])
    }

    private static func json(_ result: Result) -> JSONValue {
        func numbers(_ values: [Double]) -> JSONValue { .array(values.map(JSONValue.number)) }
        return .object([
            .init("name", .string(result.name)),
            .init("share", numbers(result.shares.map(\.mean))),
            .init("share_low", numbers(result.shares.map(\.low))),
            .init("share_high", numbers(result.shares.map(\.high))),
            .init("mean_rank", .number(result.meanRank)), .init("spent", .number(result.spent)),
            .init("level_after", .number(result.levelAfter.double)),
        ])
    }
}
