internal import CKernels
internal import COpenBLAS

/// Dense matrix products in single precision, on the calling thread alone.
///
/// Trials run side by side, one for each core; a second thread makes products as thin as a
/// network's batches slower, and the number of threads would change the order of the sums.
enum BLAS {
    /// Whether this OpenBLAS has kernels for the widest vectors of this machine.
    ///
    /// Releases older than the processor take it for one they know: Debian 12's takes AMD's
    /// processors with AVX-512 for a Haswell.
    static let usesWidestVectors: Bool = {
        guard ck_has_512_bit_vectors() != 0 else { return true }
        return ["SkylakeX", "Cooperlake", "SapphireRapids"].contains(
            String(cString: openblas_get_corename()))
    }()

    private static let singleThreaded: Void = openblas_set_num_threads(1)

    /// c ← a · b, or c ← aᵀ · b, or c ← a · bᵀ.
    ///
    /// - Parameters:
    ///   - rows, columns: the shape of c.
    ///   - inner: how many products make up each element.
    ///   - aStride, bStride, cStride: floats from one row to the next, as stored.
    static func multiply(
        rows: Int, columns: Int, inner: Int,
        _ a: UnsafePointer<Float>, aStride: Int, transposeA: Bool = false,
        _ b: UnsafePointer<Float>, bStride: Int, transposeB: Bool = false,
        into c: UnsafeMutablePointer<Float>, cStride: Int
    ) {
        _ = singleThreaded
        cblas_sgemm(
            CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans,
            transposeB ? CblasTrans : CblasNoTrans, Int32(rows), Int32(columns), Int32(inner), 1,
            a, Int32(aStride), b, Int32(bStride), 0, c, Int32(cStride))
    }
}
