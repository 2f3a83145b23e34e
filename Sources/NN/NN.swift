internal import COpenBLAS
func setup() { openblas_set_num_threads(1) }
