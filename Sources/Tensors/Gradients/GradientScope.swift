/// While gradients may be asked for, computed values remember how they came about.
enum GradientScope {
    @TaskLocal static var isActive = false
}
