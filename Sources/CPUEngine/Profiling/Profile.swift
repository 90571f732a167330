import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A record of when plans ran and how long each of their steps took.
///
/// While none is being taken, a run asks for that once and does nothing more. With `KERAS_PROFILE=FILE` in its environment a
/// program is profiled from start to end; see ``write(to:)`` for the kinds of file.
///
/// ```swift
/// let profile = Profile()
/// profile.start()
/// try model.fit(x, y)
/// profile.stop()
/// try profile.write(to: "trace.json")
/// ```
package final class Profile: Sendable {
    struct Event: Sendable {
        enum Subject: Sendable {
            /// A part of the program by name, around runs.
            case region(String)
            /// A whole run.
            case run(Plan)
            /// One kernel of a plan.
            case step(Plan, Int)
        }
        let subject: Subject
        /// Nanoseconds of the monotonic clock.
        let start, end: UInt64
        let thread: UInt64
    }

    private struct State {
        var events: [Event] = []
        /// Events that came after the record was full.
        var dropped = 0
    }

    private let state = Mutex(State())
    /// Events that are kept: enough for a hundred steps of a large model, some 50 MB as text.
    private let limit: Int

    package init(limit: Int = 250_000) { self.limit = limit }

    // MARK: Taking records

    private static let active = Mutex<[Profile]>([])
    private static let hasActive = Atomic<Bool>(startFromEnvironment())

    /// Whether anybody takes a record.
    static var isActive: Bool { hasActive.load(ordering: .relaxed) }

    /// Takes down what runs from now on.
    package func start() {
        _ = Self.isActive  // The environment's profile comes first.
        Self.active.withLock { active in
            if !active.contains(where: { $0 === self }) { active.append(self) }
            Self.hasActive.store(true, ordering: .relaxed)
        }
    }

    /// Takes down nothing more.
    package func stop() {
        Self.active.withLock { active in
            active.removeAll { $0 === self }
            Self.hasActive.store(!active.isEmpty, ordering: .relaxed)
        }
    }

    var events: [Event] { state.withLock { $0.events } }
    var droppedCount: Int { state.withLock { $0.dropped } }

    /// Notes what happened, in every record that is being taken.
    static func note(_ events: [Event]) {
        for profile in active.withLock({ $0 }) {
            profile.state.withLock { state in
                let kept = min(events.count, max(profile.limit - state.events.count, 0))
                state.events += events.prefix(kept)
                state.dropped += events.count - kept
            }
        }
    }

    /// Runs `body` as a named part of the program.
    package static func region<R>(_ name: @autoclosure () -> String, _ body: () throws -> R) rethrows -> R {
        guard isActive else { return try body() }
        let start = now
        defer { note([Event(subject: .region(name()), start: start, end: now, thread: thread)]) }
        return try body()
    }

    static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    static var thread: UInt64 {
        #if canImport(Glibc)
        UInt64(pthread_self())
        #else
        UInt64(UInt(bitPattern: pthread_self()))
        #endif
    }

    // MARK: By the environment

    private static let ofEnvironment = Profile()

    /// Starts the profile that `KERAS_PROFILE` asks for; it is written when the program ends.
    private static func startFromEnvironment() -> Bool {
        guard let path = getenv("KERAS_PROFILE"), path.pointee != 0 else { return false }
        active.withLock { $0.append(ofEnvironment) }
        atexit {
            guard let path = getenv("KERAS_PROFILE") else { return }
            do {
                try Profile.ofEnvironment.write(to: String(cString: path))
            } catch {
                complain("KERAS_PROFILE: \(error)\n")
            }
        }
        return true
    }
}

private func complain(_ message: String) {
    _ = message.withCString { write(STDERR_FILENO, $0, strlen($0)) }
}

extension Plan {
    /// As ``execute(_:)``, and notes how long each kernel takes.
    func executeNoting(_ frame: Frame) throws {
        let thread = Profile.thread
        var events: [Profile.Event] = []
        events.reserveCapacity(kernels.count)
        copy(copiesBefore, frame)
        for (index, kernel) in kernels.enumerated() {
            let start = Profile.now
            try kernel(frame)
            events.append(Profile.Event(subject: .step(self, index), start: start, end: Profile.now, thread: thread))
        }
        copy(copiesAfter, frame)
        Profile.note(events)
    }
}
