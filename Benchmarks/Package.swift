// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that who builds the program never fetches the benchmark tool.
let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "mohpo-lua", path: ".."),
        // No traits: jemalloc is not needed to count seconds.
        .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
    ],
    targets: [
        .target(
            name: "Studies", dependencies: [.product(name: "Engine", package: "mohpo-lua")],
            path: "Benchmarks/Studies"),
        .executableTarget(
            name: "Scheduler",
            dependencies: ["Studies", .product(name: "Benchmark", package: "benchmark")],
            path: "Benchmarks/Scheduler",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
        .systemLibrary(
            name: "SystemLua", path: "Benchmarks/SystemLua", pkgConfig: "lua5.4",
            providers: [.apt(["liblua5.4-dev"]), .brew(["lua"])]),
        .target(name: "CPlain", dependencies: ["SystemLua"], path: "Benchmarks/CPlain"),
        .executableTarget(
            name: "bridge",
            dependencies: ["CPlain", .product(name: "LuaBridge", package: "mohpo-lua")],
            path: "Benchmarks/Bridge"),
        .executableTarget(name: "cost", dependencies: ["Studies"], path: "Benchmarks/Cost"),
        .executableTarget(
            name: "trial-memory", dependencies: ["Studies"], path: "Benchmarks/TrialMemory"),
        .executableTarget(
            name: "journal",
            dependencies: ["Studies", .product(name: "Storage", package: "mohpo-lua")],
            path: "Benchmarks/Journal"),
    ],
    swiftLanguageModes: [.v6]
)
