#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Fetches files by `curl` or `wget`, whichever is there: a network library would cost every program start-up time.
enum Download {
    /// Fetches a file, checks it, and only then puts it in its place.
    ///
    /// - Returns: nil if all went well, else why not.
    static func fetch(_ address: String, to path: String, checksum: Checksum) throws -> String? {
        let partial = "\(path).\(getpid()).part"
        defer { unlink(partial) }
        let commands = [
            ["curl", "--fail", "--location", "--silent", "--show-error", "--connect-timeout", "15", "--output", partial, address],
            ["wget", "--quiet", "--timeout=15", "--tries=2", "-O", partial, address],
        ]
        var reason = "neither curl nor wget is installed"
        for command in commands {
            guard let status = run(command) else { continue }
            guard status == 0 else {
                reason = "\(command[0]) ended with \(status) for \(address)"
                continue
            }
            try checksum.check(partial, name: address)
            guard rename(partial, path) == 0 else { return String(cString: strerror(errno)) }
            return nil
        }
        return reason
    }

    /// The exit status of a program; nil if there is none of the name.
    private static func run(_ arguments: [String]) -> Int32? {
        var pointers = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var process = pid_t()
        guard posix_spawnp(&process, arguments[0], &actions, nil, &pointers, environ) == 0 else { return nil }
        var status: Int32 = 0
        while waitpid(process, &status, 0) == -1, errno == EINTR {}
        let code = (status >> 8) & 0xff
        if status & 0x7f != 0 { return status & 0x7f }
        return code == 127 ? nil : code
    }
}
