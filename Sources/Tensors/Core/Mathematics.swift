#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The natural logarithm of a Swift number, apart from `ops.log`.
func logarithm(_ x: Double) -> Double { log(x) }
