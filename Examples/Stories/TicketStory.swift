import GuideModels
import Keras

/// The ticket router on generated tickets, whose rule can be learnt.
///
/// Words are numbers up to 10,000, as common as in a language: few often, most seldom. Each department has 40 words of its own, of which
/// a title holds two and a body four. A ticket is urgent if its body has two of 20 urgent words, or its title has one, or it has the
/// first tag. One answer in 20 is given at random, so that nobody can be right always. The model is judged by tickets that it has not
/// seen, drawn by the same rule.
enum TicketStory {
    @Sendable static func run(_ options: StoryOptions) throws {
        let seed = UInt64(options.int("seed", 1))
        let train = Tickets(count: options.int("samples", 65_536), seed: seed), test = Tickets(count: 2048, seed: seed + 1000)

        let router = try GuideModels.router()
        router.summary()
        let batch = 64, epochs = options.int("epochs", 3)
        // Many tickets seen few times: seen often, they are learnt by heart, with the answers that were given at random.
        let rate = try CosineDecay(initialLearningRate: 3e-3, decaySteps: epochs * train.count / batch)
        try router.compile(
            optimizer: .adam(rate),
            loss: ["priority": .binaryCrossentropy(fromLogits: true), "department": .categoricalCrossentropy(fromLogits: true)],
            metrics: ["priority": [BinaryAccuracy(threshold: 0)], "department": [CategoricalAccuracy()]],
            lossWeights: ["priority": 1.0, "department": 1.0])
        try router.fit(train.inputs(), train.targets(), batchSize: batch, epochs: epochs)

        let scores = try router.evaluate(test.inputs(), test.targets(), verbose: .silent)
        let department = scores["department_categorical_accuracy"] ?? 0
        let priority = scores["priority_binary_accuracy"] ?? 0
        print("department: \(decimal(department, 3)) right, by guessing \(decimal(test.bestGuess.department, 3))")
        print("priority:   \(decimal(priority, 3)) right, by guessing \(decimal(test.bestGuess.priority, 3))")
    }
}

/// Support tickets as numbers.
struct Tickets {
    static let departments = 4, titleLength = 8, bodyLength = 24

    let count: Int
    private var titles: [Float] = [], bodies: [Float] = [], tags: [Float] = []
    private var priorities: [Float] = [], departments: [Int32] = []

    init(count: Int, seed: UInt64) {
        self.count = count
        var generator = Lottery(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
        for _ in 0..<count { add(&generator) }
    }

    private mutating func add(_ generator: inout Lottery) {
        let department = generator.below(Self.departments), isUrgent = generator.below(2) == 1
        var title = (0..<Self.titleLength).map { _ in generator.commonWord() }
        var body = (0..<Self.bodyLength).map { _ in generator.commonWord() }
        for _ in 0..<2 { title[generator.below(title.count)] = Self.word(of: department, generator.below(40)) }
        for _ in 0..<4 { body[generator.below(body.count)] = Self.word(of: department, generator.below(40)) }
        var own = [0] + (1..<12).map { _ in Float(generator.below(2)) }
        if isUrgent {
            switch generator.below(3) {
            case 0: own[0] = 1
            case 1: title[generator.below(title.count)] = Self.urgentWord(generator.below(20))
            default: for _ in 0..<2 { body[generator.below(body.count)] = Self.urgentWord(generator.below(20)) }
            }
        }
        titles += title.map(Float.init)
        bodies += body.map(Float.init)
        tags += own
        priorities.append(generator.below(20) == 0 ? Float(generator.below(2)) : isUrgent ? 1 : 0)
        departments.append(Int32(generator.below(20) == 0 ? generator.below(Self.departments) : department))
    }

    /// Word number `index` of a department.
    private static func word(of department: Int, _ index: Int) -> Int { 5000 + department * 40 + index }

    private static func urgentWord(_ index: Int) -> Int { 9000 + index }

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
