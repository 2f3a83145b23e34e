internal import CKernels

/// The products of the hidden layers: by a kernel for thin matrices where the sums are short enough
/// for it, else by BLAS.
extension Network {
    /// c ← a · b; a is [rows][aStride], b [inner][columns], c [rows][columns].
    func multiply(
        rows: Int, columns: Int, inner: Int, _ a: UnsafePointer<Float>, _ aStride: Int,
        _ b: UnsafePointer<Float>, _ bStride: Int, into c: UnsafeMutablePointer<Float>
    ) {
        if inner <= CK_LARGEST_INNER {
            ck_multiply(rows, columns, inner, a, aStride, 1, b, bStride, c, columns)
        } else {
            BLAS.multiply(
                rows: rows, columns: columns, inner: inner, a, aStride: aStride,
                b, bStride: bStride, into: c, cStride: columns)
        }
    }

    /// c ← aᵀ · b; a is [inner][aStride], b [inner][columns], c [rows][columns].
    func multiplyTransposed(
        rows: Int, columns: Int, inner: Int, _ a: UnsafePointer<Float>, _ aStride: Int,
        _ b: UnsafePointer<Float>, _ bStride: Int, into c: UnsafeMutablePointer<Float>
    ) {
        if inner <= CK_LARGEST_INNER {
            ck_multiply(rows, columns, inner, a, 1, aStride, b, bStride, c, columns)
        } else {
            BLAS.multiply(
                rows: rows, columns: columns, inner: inner, a, aStride: aStride,
                transposeA: true, b, bStride: bStride, into: c, cStride: columns)
        }
    }

    /// result ← delta · weightsᵀ; delta is [rows][stride], result [rows][resultStride].
    func multiplyByTransposed(
        rows: Int, _ delta: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
        _ layer: LayerLayout, _ workspace: Workspace, into result: UnsafeMutablePointer<Float>,
        _ resultStride: Int
    ) {
        if layer.outputs <= CK_LARGEST_INNER {
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
