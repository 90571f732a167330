/// The element type in which layers compute, under a mixed-precision policy.
package enum Autocast {
    /// While set, floating-point variables are read in this element type.
    @TaskLocal package static var dtype: DType?
}
