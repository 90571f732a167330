import GuideModels
import Keras

/// The ticket router on generated tickets, whose rule can be learnt.
///
/// Words are numbers up to 10,000, as common as in a language (few often, most seldom). Each department has words of its own, of
/// which a title and a body hold some; a ticket is urgent if it has an urgent word or the first tag. A tenth of all answers is
/// wrong, so that nothing reaches 1.
enum TicketStory {
    @Sendable static func run(_ options: StoryOptions) throws {
        let train = Tickets(count: options.int("samples", 4096), seed: UInt64(options.int("seed", 1)))
        let test = Tickets(count: 1024, seed: UInt64(options.int("seed", 1)) + 1000)

        let router = try GuideModels.router()
        router.summary()
        try router.compile(
            optimizer: .rmsprop(2e-3),
            loss: ["priority": .binaryCrossentropy(fromLogits: true), "department": .categoricalCrossentropy(fromLogits: true)],
            metrics: ["priority": [BinaryAccuracy(threshold: 0)], "department": [CategoricalAccuracy()]],
            lossWeights: ["priority": 1.0, "department": 1.0])
        try router.fit(train.inputs(), train.targets(), batchSize: 32, epochs: options.int("epochs", 6))

        let scores = try router.evaluate(test.inputs(), test.targets(), verbose: .silent)
        let department = scores["department_categorical_accuracy"] ?? 0
        let priority = scores["priority_binary_accuracy"] ?? 0
        print("department: \(decimal(department, 3)) right, by guessing \(decimal(test.bestGuess.department, 3))")
        print("priority:   \(decimal(priority, 3)) right, by guessing \(decimal(test.bestGuess.priority, 3))")
    }
}

/// Support tickets as numbers.
struct Tickets {
    static let departments = 4, vocabulary = 10_000, titleLength = 8, bodyLength = 24

    private var titles: [Float] = [], bodies: [Float] = [], tags: [Float] = []
    private var priorities: [Float] = [], departments: [Int32] = []
    private let count: Int

    init(count: Int, seed: UInt64) {
        self.count = count
        var generator = Lottery(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
        for _ in 0..<count {
            let department = generator.below(Self.departments)
            let isUrgent = generator.below(2) == 1
            var title = (0..<Self.titleLength).map { _ in generator.commonWord() }
            var body = (0..<Self.bodyLength).map { _ in generator.commonWord() }
            for _ in 0..<2 { title[generator.below(title.count)] = Self.word(of: department, generator.below(50)) }
            for _ in 0..<3 { body[generator.below(body.count)] = Self.word(of: department, generator.below(50)) }
            var own = (0..<12).map { _ in Float(generator.below(2)) }
            own[0] = 0
            if isUrgent, generator.below(2) == 1 { own[0] = 1 } else if isUrgent { body[generator.below(body.count)] = 9000 + generator.below(20) }
            titles += title.map(Float.init)
            bodies += body.map(Float.init)
            tags += own
            priorities.append(generator.below(10) == 0 ? Float(generator.below(2)) : isUrgent ? 1 : 0)
            departments.append(Int32(generator.below(10) == 0 ? generator.below(Self.departments) : department))
        }
    }

    /// Word number `index` of a department.
    private static func word(of department: Int, _ index: Int) -> Int { 5000 + department * 50 + index }

    func inputs() throws -> [String: Tensor] {
        [
            "title": try Tensor(titles, shape: [count, Self.titleLength]), "body": try Tensor(bodies, shape: [count, Self.bodyLength]),
            "tags": try Tensor(tags, shape: [count, 12]),
        ]
    }

    func targets() throws -> [String: Tensor] {
        [
            "priority": try Tensor(priorities, shape: [count, 1]),
            "department": try ops.oneHot(Tensor(departments), Self.departments),
        ]
    }

    /// How often the most common answer is right.
    var bestGuess: (department: Double, priority: Double) {
        let most = (0..<Self.departments).map { department in departments.count { $0 == department } }.max() ?? 0
        let urgent = priorities.count { $0 == 1 }
        return (Double(most) / Double(count), Double(max(urgent, count - urgent)) / Double(count))
    }
}

/// Numbers that are the same on every run of a seed.
struct Lottery {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 11) % bound
    }

    /// A word below 5000, the lower the more common.
    mutating func commonWord() -> Int { below(5000) * below(5000) / 5000 }
}
