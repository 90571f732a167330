import Foundation
import Keras

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// One JSON line on standard output for each measurement, in the form of `peers.py`.
enum Report {
    static func step(_ workload: Workload, _ run: Workload.Run, first: Duration, step: Duration) throws {
        let peak = peakMegabytes
        line([
            "framework": "swift-keras", "workload": workload.name, "batch": workload.batch,
            "first_s": rounded(seconds(first), 3), "step_ms": rounded(seconds(step) * 1e3, 4),
            "samples_per_s": rounded(Double(workload.batch) / seconds(step), 1), "peak_mb": peak,
            "gflop": try run.operations(batch: workload.batch) / 1e9,
        ])
    }

    static func startup(_ workload: Workload) {
        line([
            "framework": "swift-keras", "workload": workload.name, "start_to_first_step_s": rounded(sinceStart, 4),
            "peak_mb": peakMegabytes,
        ])
    }

    static func growth(_ kind: String, unit: String, size: Int, first: Duration, step: Duration) {
        line([
            "growth": kind, "unit": unit, "size": size, "first_s": rounded(seconds(first), 4), "step_ms": rounded(seconds(step) * 1e3, 4),
            "us_per_unit": rounded(seconds(step) * 1e6 / Double(size), 4),
        ])
    }

    /// The machine's ceiling: a matrix product of 1024 × 1024, and copying 256 MiB.
    static func ceiling() throws {
        let size = 1024, clock = ContinuousClock()
        let a = try random.normal([size, size]).evaluate(), b = try random.normal([size, size]).evaluate()
        let product = try (0..<12).map { _ in try clock.measure { _ = try ops.matmul(a, b).evaluate() } }.min() ?? .zero
        let bytes = 256 << 20
        let source = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        let target = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        defer { source.deallocate(); target.deallocate() }
        memset(source, 1, bytes)
        let copy = (0..<6).map { _ in clock.measure { _ = memcpy(target, source, bytes) } }.min() ?? .zero
        line([
            "matmul_gflops": rounded(2 * pow(Double(size), 3) / seconds(product) / 1e9, 1),
            "copy_gb_per_s": rounded(2 * Double(bytes) / seconds(copy) / 1e9, 1),
        ])
    }

    private static func line(_ fields: [String: Any]) {
        guard let data = try? JSONSerialization.data(withJSONObject: fields, options: [.sortedKeys]) else { return }
        print(String(decoding: data, as: UTF8.self))
    }

    private static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

    private static func rounded(_ value: Double, _ places: Int) -> Double {
        let scale = pow(10, Double(places))
        return (value * scale).rounded() / scale
    }

    /// The most memory that the process ever had.
    private static var peakMegabytes: Int {
        var usage = rusage()
        let ourselves: Int32 = 0  // RUSAGE_SELF, which is a number for one C library and an enum for another.
        getrusage(ourselves, &usage)
        #if canImport(Darwin)
        return usage.ru_maxrss >> 20
        #else
        return usage.ru_maxrss >> 10
        #endif
    }

    /// Seconds since the process was started: since the moment in BENCH_STARTED_NS (monotonic clock), which whoever starts
    /// it can set, else since what the kernel noted, in hundredths of a second.
    private static var sinceStart: Double {
        if let started = ProcessInfo.processInfo.environment["BENCH_STARTED_NS"].flatMap(Double.init) {
            return now(CLOCK_MONOTONIC) - started / 1e9
        }
        #if os(Linux)
        let fields = (try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8))?.split(separator: ")").last?.split(separator: " ")
        if let fields, fields.count > 19, let ticks = Double(fields[19]) {
            return now(CLOCK_BOOTTIME) - ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
        }
        #endif
        return .nan
    }

    private static func now(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
