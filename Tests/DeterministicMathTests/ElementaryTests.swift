import DeterministicMath
import Foundation
import Testing

@Suite struct ElementaryTests {
    /// Points over the range, and some close to where the arguments are reduced.
    static let exponents: [Double] =
        stride(from: -700, through: 700, by: 0.37).map { $0 }
        + (-20...20).map { (Double($0) + 0.5) * 0.693_147_180_559_945_3 }

    @Test func exponentialIsWithinAnULPOfTheSystems() {
        for x in Self.exponents {
            let exact = exp(x)
            #expect(abs(Elementary.exp(x) - exact) <= exact.ulp, "exp(\(x))")
        }
    }

    @Test func logarithmIsWithinAnULP() {
        for exponent in Self.exponents {
            let x = exp(exponent)
            let exact = log(x)
            #expect(abs(Elementary.log(x) - exact) <= exact.ulp, "log(\(x))")
        }
        for x in stride(from: 0.5, through: 2, by: 0.001) {
            #expect(abs(Elementary.log(x) - log(x)) <= log(x).ulp, "log(\(x))")
        }
        #expect(Elementary.log(1) == 0)
        #expect(Elementary.exp(0) == 1)
    }

    @Test func edgesAreAsStated() {
        #expect(Elementary.exp(-746) == 0)
        #expect(Elementary.exp(-744).isSubnormal)
        #expect(Elementary.exp(710) == .infinity)
        #expect(Elementary.exp(709.7) == exp(709.7))
        #expect(Elementary.exp(-.infinity) == 0)
        #expect(Elementary.exp(.infinity) == .infinity)
        #expect(Elementary.exp(.nan).isNaN)
        #expect(Elementary.log(0) == -.infinity)
        #expect(Elementary.log(-1).isNaN)
        #expect(Elementary.log(.nan).isNaN)
        #expect(Elementary.log(.infinity) == .infinity)
        #expect(Elementary.log(.leastNonzeroMagnitude) == log(Double.leastNonzeroMagnitude))
    }

    @Test(arguments: [1e-300, 1e-12, 0.001, 0.05, 0.075, 0.2, 0.5, 0.7, 0.93, 0.999_999])
    func quantileInvertsTheDistribution(p: Double) {
        let x = Elementary.normalQuantile(p)
        #expect(abs(erfc(-x / 2.0.squareRoot()) / 2 / p - 1) < 1e-12)
    }

    @Test func probabilityIsThatOfTheNormalDistribution() {
        for x in stride(from: -30.0, through: 30, by: 0.013) {
            let exact = erfc(-x / 2.0.squareRoot()) / 2
            let found = Elementary.normalProbability(below: x)
            #expect(abs(found / exact - 1) < 1e-7, "Φ(\(x))")
            #expect(abs(found - exact) < 1e-14, "Φ(\(x))")
        }
        #expect(Elementary.normalProbability(below: -38) == 0)
        #expect(Elementary.normalProbability(below: .infinity) == 1)
        #expect(Elementary.normalProbability(below: -.infinity) == 0)
        #expect(Elementary.normalProbability(below: .nan).isNaN)
    }

    @Test func quantileHasEdges() {
        #expect(Elementary.normalQuantile(0.5) == 0)
        #expect(Elementary.normalQuantile(0) == -.infinity)
        #expect(Elementary.normalQuantile(1) == .infinity)
        #expect(Elementary.normalQuantile(-0.1).isNaN)
        #expect(Elementary.normalQuantile(.nan).isNaN)
        #expect(Elementary.normalQuantile(0.3) == -Elementary.normalQuantile(0.7))
    }

    /// The bits themselves, the same on every processor.
    @Test func valuesAreGolden() {
        let x = stride(from: -30.0, through: 30, by: 0.123)
        #expect(Golden.hash(x.map(Elementary.exp)) == 8_921_544_589_106_503_158)
        #expect(
            Golden.hash(x.map { Elementary.log(abs($0) + 0x1p-60) }) == 10_213_400_288_186_702_625)
        let quantiles = (1..<1000).map { Elementary.normalQuantile(Double($0) / 1000) }
        #expect(Golden.hash(quantiles) == 781_681_791_344_928_394)
    }
}
