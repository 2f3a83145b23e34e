/// Bytes as a person reads them: `512 bytes`, `3.1 GB`.
package func describeBytes(_ bytes: Int) -> String {
    var value = Double(bytes)
    var unit = "bytes"
    for larger in ["KB", "MB", "GB", "TB", "PB", "EB"] where value >= 1000 {
        value /= 1000
        unit = larger
    }
    return unit == "bytes" ? "\(bytes) bytes" : "\((value * 10).rounded() / 10) \(unit)"
}
