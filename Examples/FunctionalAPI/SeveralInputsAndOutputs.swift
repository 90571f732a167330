import GuideModels
import Keras

/// Section 4: routing support tickets.
enum SeveralInputsAndOutputs {
    @Sendable static func run(_ facts: Facts) throws {
        let router = try GuideModels.router()
        router.summary()
        facts.equal("the router has 1,392,097 parameters", try router.countParams(), 1_392_097)
        facts.equal("inputs are known by name", router.inputNames, ["title", "body", "tags"])
        facts.equal("outputs too, in the order of their keys", router.outputNames, ["department", "priority"])
        facts.equal("texts may have any length", router.inputs[0].shape, [nil, nil])
        facts.holds("the router is plotted", try Guide.plot(router, "router.png"))

        let count = 64
        let titles = try random.randint([count, 10], minval: 0, maxval: 10_000, seed: 1).cast(to: .float32)
        let bodies = try random.randint([count, 20], minval: 0, maxval: 10_000, seed: 2).cast(to: .float32)
        let tagRows = try random.randint([count, 12], minval: 0, maxval: 2, seed: 3).cast(to: .float32)
        let priorities = try random.uniform([count, 1], seed: 4)
        let departments = try ops.oneHot(random.randint([count], minval: 0, maxval: 4, seed: 5), 4)

        try router.compile(
            optimizer: .rmsprop(1e-3),
            loss: ["priority": .binaryCrossentropy(fromLogits: true), "department": .categoricalCrossentropy(fromLogits: true)],
            lossWeights: ["priority": 1.0, "department": 0.2])
        let named = try router.fit(
            ["title": titles, "body": bodies, "tags": tagRows], ["priority": priorities, "department": departments],
            batchSize: 32, epochs: 2, verbose: .line)
        facts.equal("data goes in by name, a loss comes out for each output",
                    named.history.keys.sorted(), ["department_loss", "loss", "priority_loss"])

        let listed = try GuideModels.router()
        try listed.compile(
            optimizer: .rmsprop(1e-3),
            loss: [.categoricalCrossentropy(fromLogits: true), .binaryCrossentropy(fromLogits: true)], lossWeights: [0.2, 1.0])
        try listed.fit([titles, bodies, tagRows], [departments, priorities], batchSize: 32, epochs: 1, verbose: .silent)
        facts.holds("or by position", true)

        let rows = try Dataset(
            x: ["title": titles, "body": bodies, "tags": tagRows], y: ["priority": priorities, "department": departments])
        try router.fit(rows.batch(16), epochs: 1, verbose: .silent)
        facts.holds("or from a Dataset that yields either form", true)

        let answers: [String: Tensor] = try router.predict(["title": titles, "body": bodies, "tags": tagRows], verbose: .silent)
        facts.equal("predictions come by name", answers.mapValues(\.shape), ["priority": [count, 1], "department": [count, 4]])
    }
}
