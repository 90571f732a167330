#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Takes elements from a stream on a thread of its own, some ahead of their use.
///
/// The thread ends when the stream does, or when the prefetcher is let go.
final class Prefetcher {
    private let shared: Shared

    init(_ stream: ItemStream, depth: Int) {
        shared = Shared(stream, depth: depth)
        shared.startThread()
    }

    deinit { shared.cancel() }

    func next() throws -> ItemStream.Item? { try shared.take() }

    /// What both threads see. `Sendable` because `mutex` guards all that changes, and only the thread uses `stream`.
    private final class Shared: @unchecked Sendable {
        private let stream: ItemStream
        private let depth: Int
        private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
        private var queue: [ItemStream.Item] = []
        private var failure: (any Error)?
        private var isAtEnd = false
        private var isCancelled = false

        init(_ stream: ItemStream, depth: Int) {
            self.stream = stream
            self.depth = depth
            pthread_mutex_init(mutex, nil)
            pthread_cond_init(changed, nil)
        }

        deinit {
            pthread_mutex_destroy(mutex)
            pthread_cond_destroy(changed)
            mutex.deallocate()
            changed.deallocate()
        }

        func startThread() {
            #if canImport(Darwin)
                var thread: pthread_t?
            #else
                var thread = pthread_t()
            #endif
            let argument = Unmanaged.passRetained(self).toOpaque()
            let result = pthread_create(&thread, nil, { argument in
                #if canImport(Darwin)
                    Unmanaged<Shared>.fromOpaque(argument).takeRetainedValue().produce()
                #else
                    if let argument { Unmanaged<Shared>.fromOpaque(argument).takeRetainedValue().produce() }
                #endif
                return nil
            }, argument)
            if result == 0 {
                #if canImport(Darwin)
                    if let thread { pthread_detach(thread) }
                #else
                    pthread_detach(thread)
                #endif
            } else {
                // No thread to be had: elements are made when they are asked for.
                Unmanaged<Shared>.fromOpaque(argument).release()
                withLock { runsAlone = true }
            }
        }
        private var runsAlone = false

        private func withLock<Result>(_ body: () throws -> Result) rethrows -> Result {
            pthread_mutex_lock(mutex)
            defer { pthread_mutex_unlock(mutex) }
            return try body()
        }

        private func produce() {
            while true {
                let result = Result { try stream.next().map { item in
                    let element = try item.element()
                    try evaluate(element.leaves)
                    return ItemStream.Item.element(element)
                } }
                let goesOn = withLock {
                    while queue.count >= depth, !isCancelled { pthread_cond_wait(changed, mutex) }
                    if isCancelled { return false }
                    switch result {
                    case .success(let item?): queue.append(item)
                    case .success(nil): isAtEnd = true
                    case .failure(let error): failure = error
                    }
                    pthread_cond_broadcast(changed)
                    return !isAtEnd && failure == nil
                }
                guard goesOn else { return }
            }
        }

        func take() throws -> ItemStream.Item? {
            if runsAlone { return try stream.next() }
            return try withLock {
                while queue.isEmpty, !isAtEnd, failure == nil { pthread_cond_wait(changed, mutex) }
                if queue.isEmpty {
                    if let failure { throw failure }
                    return nil
                }
                pthread_cond_broadcast(changed)
                return queue.removeFirst()
            }
        }

        func cancel() {
            withLock {
                isCancelled = true
                pthread_cond_broadcast(changed)
            }
        }
    }
}
