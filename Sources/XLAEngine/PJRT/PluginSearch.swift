/// Where plugins are looked for when none is named.
enum PluginSearch {
    /// Files of Python packages that bring a plugin, the fastest devices first. The packages are unpacked and opened as files: no
    /// Python runs.
    private static let packaged = [
        "jax_plugins/xla_cuda*/xla_cuda_plugin.so",        // jax-cuda13-pjrt, jax-cuda12-pjrt
        "libtpu/libtpu.so",                                 // libtpu
        "lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so",     // lammps-jax-pjrt-cpu
        "fastatomstruct*/libpjrt_cpu.so",                   // fastatomstruct, before version 2
    ]

    /// Folders that Python packages are installed in: what `make xla` fetched, the environment in use, the user's, the system's.
    static var folders: [String] {
        var patterns = [".xla", ".venv/lib/python3*/site-packages"]
        for variable in ["VIRTUAL_ENV", "CONDA_PREFIX"] {
            if let root = SystemFiles.environment(variable) { patterns.insert("\(root)/lib/python3*/site-packages", at: 0) }
        }
        if let home = SystemFiles.environment("HOME") { patterns.append("\(home)/.local/lib/python3*/site-packages") }
        patterns += ["/usr/local/lib/python3*/site-packages", "/usr/local/lib/python3*/dist-packages", "/usr/lib/python3/dist-packages"]
        return patterns
    }

    /// Plugins that lie there, in the order to be tried.
    static func found(in folders: [String] = folders) -> [String] {
        packaged.flatMap { file in folders.flatMap { SystemFiles.matches("\($0)/\(file)") } }
    }
}
