import Rendering
import Testing

@Suite struct NumbersTests {
    @Test(arguments: [
        (0.0, 3, "0.000"), (-0.0, 1, "0.0"), (-0.0004, 3, "0.000"), (0.05, 3, "0.050"),
        (1.5, 0, "2"), (-1.5, 1, "-1.5"), (123.456, 2, "123.46"), (0.999, 2, "1.00"),
        (0.0, 0, "0"), (1e300, 2, "1e+300"), (.infinity, 2, "inf"), (.nan, 2, "nan"),
    ])
    func fixedDecimals(value: Double, decimals: Int, text: String) {
        #expect(fixed(value, decimals: decimals) == text)
    }

    @Test(arguments: [
        (0.0, 4, "0"), (1.0, 4, "1"), (0.96523, 4, "0.9652"), (-12.5, 4, "-12.5"),
        (99999.0, 4, "99999"), (123_456.0, 4, "123456"), (1_234_567.0, 4, "1.235e+06"),
        (0.00012345, 3, "0.000123"), (1.5e-5, 4, "1.5e-05"), (9.9996e-6, 4, "1e-05"),
        (Double.leastNonzeroMagnitude, 3, "4.94e-324"), (1.7976931348623157e308, 4, "1.798e+308"),
        (-3e-7, 2, "-3e-07"), (.nan, 4, "nan"), (-.infinity, 4, "-inf"),
    ])
    func significantDigits(value: Double, digits: Int, text: String) {
        #expect(significant(value, digits: digits) == text)
    }

    @Test(arguments: [
        (9.0, "9"), (-0.0, "0"), (1_234_567.0, "1234567"), (-3e14, "-300000000000000"),
        (1e15, "1e+15"), (1_234_567.5, "1.23457e+06"), (0.1926093268054674, "0.192609"),
        (0.1 + 0.2, "0.3"), (7.081165376713712e-05, "7.08117e-05"), (.nan, "nan"),
        (-.infinity, "-inf"),
    ])
    func numbersForPeople(value: Double, text: String) {
        #expect(readable(value) == text)
    }
}
