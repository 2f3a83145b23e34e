/// Builds SVG text.
struct SVGWriter {
    private var bytes: [UInt8] = []

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Adds markup as it is.
    mutating func markup(_ markup: String) { bytes += markup.utf8 }

    /// Adds an element that holds a text.
    ///
    /// - Parameter attributes: as markup.
    mutating func text(_ text: String, x: Double, y: Double, _ attributes: String) {
        markup("<text x=\"")
        number(x)
        markup("\" y=\"")
        number(y)
        markup("\" \(attributes)>\(escaped(text))</text>\n")
    }

    /// Adds a pair of coordinates, to a tenth of a pixel.
    mutating func pair(_ x: Double, _ y: Double) {
        number(x)
        bytes.append(UInt8(ascii: " "))
        number(y)
    }

    /// Adds a number, to a tenth. Written by hand, since a large plot is made of little else.
    mutating func number(_ value: Double) {
        var tenths = Int((value * 10).rounded())
        if tenths < 0 {
            bytes.append(UInt8(ascii: "-"))
            tenths = -tenths
        }
        integer(tenths / 10)
        if tenths % 10 != 0 {
            bytes.append(UInt8(ascii: "."))
            bytes.append(UInt8(ascii: "0") + UInt8(tenths % 10))
        }
    }

    private mutating func integer(_ value: Int) {
        if value >= 10 { integer(value / 10) }
        bytes.append(UInt8(ascii: "0") + UInt8(value % 10))
    }
}
