import Graph

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Profile {
    /// Writes the record: a name that ends in `.txt` gets a table of steps by time, any other a trace for Perfetto
    /// (ui.perfetto.dev) or Chrome (chrome://tracing).
    ///
    /// - Throws: `GraphError.engine` if the file cannot be written.
    package func write(to path: String) throws {
        let text = path.hasSuffix(".txt") ? table : chromeTrace
        guard let file = fopen(path, "w") else {
            throw GraphError.engine("The profile cannot be written to \(path): \(String(cString: strerror(errno))).")
        }
        let written = text.utf8.withContiguousStorageIfAvailable { fwrite($0.baseAddress, 1, $0.count, file) } ?? 0
        guard fclose(file) == 0, written == text.utf8.count else {
            throw GraphError.engine("The profile cannot be written to \(path) as a whole.")
        }
    }

    /// The record in Chrome's trace event format: one complete event for each step, run and region.
    package var chromeTrace: String {
        let events = events
        let first = events.map(\.start).min() ?? 0
        var threads: [UInt64: Int] = [:]
        var plans: [ObjectIdentifier: [(step: PlanStep, name: String, arguments: String)]] = [:]
        func described(_ plan: Plan) -> [(step: PlanStep, name: String, arguments: String)] {
            if let known = plans[ObjectIdentifier(plan)] { return known }
            let result = plan.steps.map { (step: $0, name: quoted($0.title), arguments: $0.traceArguments) }
            plans[ObjectIdentifier(plan)] = result
            return result
        }
        var lines: [String] = []
        for event in events {
            let thread = threads[event.thread] ?? threads.count
            threads[event.thread] = thread
            let duration = event.end - event.start
            let name: String, category: String
            var arguments = ""
            switch event.subject {
            case .region(let region): (name, category) = (quoted(region), "program")
            case .run(let plan):
                (name, category) = (quoted("run of \(plan.stepCount) kernels"), "run")
                arguments = "\"arena bytes\":\(plan.arenaByteCount)"
            case .step(let plan, let index):
                let known = described(plan)[index]
                (name, category) = (known.name, "kernel")
                arguments = known.arguments + known.step.rates(nanoseconds: duration)
            }
            lines.append(
                "{\"name\":\(name),\"cat\":\"\(category)\",\"ph\":\"X\",\"ts\":\((Double(event.start - first) / 1e3).text(3)),"
                    + "\"dur\":\((Double(duration) / 1e3).text(3)),\"pid\":1,\"tid\":\(thread + 1),\"args\":{\(arguments)}}")
        }
        lines.append("{\"name\":\"process_name\",\"ph\":\"M\",\"pid\":1,\"args\":{\"name\":\"swift-keras\"}}")
        let dropped = droppedCount > 0 ? ",\"otherData\":{\"events left out\":\"\(droppedCount)\"}" : ""
        return "{\"displayTimeUnit\":\"ns\"\(dropped),\"traceEvents\":[\n" + lines.joined(separator: ",\n") + "\n]}\n"
    }
}

extension PlanStep {
    /// What an event says of each time that the step runs, as members of a JSON object.
    fileprivate var traceArguments: String {
        let facts: [(String, String)] = [
            ("kind", quoted(kind)), ("layers", quoted(layers.joined(separator: ", "))),
            ("operations", quoted(operations.joined(separator: " "))), ("operands", quoted(operands.map(\.description).joined(separator: " "))),
            ("results", quoted(results.map(\.description).joined(separator: " "))), ("note", quoted(note)),
            ("threads", "\(threads)"), ("MFLOP", (Double(flops) / 1e6).text(3)), ("MB", (Double(bytes) / 1e6).text(3)),
        ]
        return facts.filter { $0.1 != "\"\"" }.map { "\"\($0)\":\($1)" }.joined(separator: ",")
    }

    fileprivate func rates(nanoseconds: UInt64) -> String {
        guard nanoseconds > 0 else { return "" }
        let time = Double(nanoseconds)
        return ",\"GFLOP/s\":\((Double(flops) / time).text(2)),\"GB/s\":\((Double(bytes) / time).text(2))"
    }
}

/// Text as a JSON string.
private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case _ where scalar.value < 0x20:
            let digits = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
