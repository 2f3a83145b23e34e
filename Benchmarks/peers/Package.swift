// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "peers",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "mohpo-lua", path: "../..")],
    targets: [
        .executableTarget(
            name: "trial-epoch", dependencies: [.product(name: "NN", package: "mohpo-lua")]),
        .executableTarget(
            name: "prediction-time", dependencies: [.product(name: "NN", package: "mohpo-lua")]),
        .target(name: "CAllocations"),
        .executableTarget(
            name: "allocations",
            dependencies: ["CAllocations", .product(name: "NN", package: "mohpo-lua")]),
    ],
    swiftLanguageModes: [.v6]
)
