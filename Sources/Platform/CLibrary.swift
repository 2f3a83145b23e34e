/// The system's C library, whichever of the three it is: `internal import Platform` in place of a
/// choice at the head of every file that needs it.
#if canImport(Glibc)
    @_exported public import Glibc
#elseif canImport(Musl)
    @_exported public import Musl
#else
    @_exported public import Darwin
#endif
