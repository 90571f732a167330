import Testing
@testable import XLAEngine

@Suite struct PluginTests {
    @Test func options() {
        #expect(LoadedProgram.options(partitions: 1, keepsNaN: false) == [0x1a, 4, 0x20, 1, 0x28, 1])
        #expect(LoadedProgram.options(partitions: 2, keepsNaN: false) == [0x1a, 9, 0x20, 1, 0x28, 2, 0x30, 1, 0x98, 1, 1])
    }
}
