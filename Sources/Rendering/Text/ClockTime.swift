/// Seconds as hours, minutes and seconds: `1:02:03`, `2:03`.
package func clockTime(_ seconds: Double) -> String {
    let whole = Int(min(max(seconds, 0), 1e9).rounded())
    let rest = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    return hours > 0
        ? "\(hours):\(rest(minutes)):\(rest(whole % 60))" : "\(minutes):\(rest(whole % 60))"
}
