internal import CKernels

/// The dense products of a batch: by the kernel for thin matrices, or by BLAS where that is faster.
extension Network {
    /// Whether the kernel is the faster one for results of so many columns.
    ///
    /// It is for thin results everywhere, and for all where BLAS leaves half of the machine's
    /// vectors unused. Measured, see docs/performance.md.
    private func kernelIsFaster(columns: Int) -> Bool {
        columns <= 256 || !BLAS.usesWidestVectors
    }

    /// c ← a · b; a is [rows][aStride], b [inner][columns], c [rows][columns].
    func multiply(
        rows: Int, columns: Int, inner: Int, _ a: UnsafePointer<Float>, aStride: Int,
        _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>
    ) {
        if kernelIsFaster(columns: columns) {
            ck_multiply(rows, columns, inner, a, aStride, 1, b, columns, c, columns)
        } else {
            BLAS.multiply(
                rows: rows, columns: columns, inner: inner, a, aStride: aStride,
                b, bStride: columns, into: c, cStride: columns)
        }
    }

    /// c ← aᵀ · b; a is [inner][aStride], b [inner][columns], c [rows][columns].
    func multiplyTransposed(
        rows: Int, columns: Int, inner: Int, _ a: UnsafePointer<Float>, aStride: Int,
        _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>
    ) {
        if kernelIsFaster(columns: columns) {
            ck_multiply(rows, columns, inner, a, 1, aStride, b, columns, c, columns)
        } else {
            BLAS.multiply(
                rows: rows, columns: columns, inner: inner, a, aStride: aStride,
                transposeA: true, b, bStride: columns, into: c, cStride: columns)
        }
    }

    /// result ← delta · weightsᵀ; delta is [rows][stride], result [rows][resultStride].
    func multiplyByTransposed(
        rows: Int, _ delta: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
        layer: LayerLayout, workspace: Workspace, into result: UnsafeMutablePointer<Float>,
        resultStride: Int
    ) {
        if kernelIsFaster(columns: resultStride) {
            let transposed = workspace.transposed.pointer
            ck_transpose(
                weights, layer.inputs, layer.outputs, layer.stride, transposed, resultStride)
            ck_multiply(
                rows, resultStride, layer.outputs, delta, layer.stride, 1, transposed,
                resultStride, result, resultStride)
        } else {
            BLAS.multiply(
                rows: rows, columns: layer.inputs, inner: layer.outputs,
                delta, aStride: layer.stride, weights, bStride: layer.stride, transposeB: true,
                into: result, cStride: resultStride)
        }
    }
}
