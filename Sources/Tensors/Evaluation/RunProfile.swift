import CPUEngine

/// A record of where time goes, for modules that do not know the engine.
package typealias RunProfile = Profile
