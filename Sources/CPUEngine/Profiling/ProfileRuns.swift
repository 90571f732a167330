/// A plan's runs in a profile.
struct ProfileRuns {
    let plan: Plan
    /// The region of the program around it, or a number.
    var name: String
    /// Nanoseconds of each run.
    var runs: [UInt64] = []
    /// Nanoseconds of each kernel, by run.
    var steps: [[UInt64]]

    /// All plans of a profile, in order of their first run. Plans inside loops are among them: by their kernels, without runs.
    static func all(_ events: [Profile.Event]) -> [ProfileRuns] {
        var result: [ProfileRuns] = []
        var places: [ObjectIdentifier: Int] = [:]
        func place(_ plan: Plan) -> Int {
            if let known = places[ObjectIdentifier(plan)] { return known }
            places[ObjectIdentifier(plan)] = result.count
            result.append(ProfileRuns(plan: plan, name: "plan \(result.count)", steps: Array(repeating: [], count: plan.stepCount)))
            return result.count - 1
        }
        // Plans that ran since the last region ended on a thread; that region was around the last of them.
        var latest: [UInt64: (plan: Int, start: UInt64)] = [:]
        for event in events {
            switch event.subject {
            case .step(let plan, let index): result[place(plan)].steps[index].append(event.end - event.start)
            case .run(let plan):
                let place = place(plan)
                result[place].runs.append(event.end - event.start)
                latest[event.thread] = (place, event.start)
            case .region(let name):
                if let (plan, start) = latest[event.thread], event.start <= start { result[plan].name = name }
            }
        }
        return result
    }

    /// The typical time: the median, without the first run, in which caches are cold, if there are others.
    static func typical(_ times: [UInt64]) -> Double {
        let warm = times.dropFirst(times.count > 1 ? 1 : 0).sorted()
        return warm.isEmpty ? 0 : Double(warm[warm.count / 2])
    }
}
