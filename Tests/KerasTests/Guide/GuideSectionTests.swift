import Testing

@testable import Guide
@testable import Keras

/// The guide's program: every fact of every section.
@Suite(.serialized, .ownSession) struct GuideSectionTests {
    @Test(arguments: Guide.sections.indices) func section(_ index: Int) {
        let facts = Facts(isQuiet: true)
        Guide.run(index, facts)
        #expect(facts.passed > 0)
        #expect(facts.failures.isEmpty)
    }
}
