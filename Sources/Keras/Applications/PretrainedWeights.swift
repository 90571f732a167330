/// The weights that an application starts with; where there are none, they are random.
///
/// ```swift
/// let vgg = try VGG19(weights: .imagenet)                     // published; downloaded once
/// let own = try VGG19(weights: .file("my_weights.h5"), classes: 10)
/// let new = try VGG19(weights: nil)
/// ```
public enum PretrainedWeights: Hashable, Sendable {
    /// Trained on ImageNet, as Keras publishes them: in Keras' cache (`~/.keras/models`), else downloaded once, and checked.
    case imagenet
    /// Any file that ``Model/loadWeights(from:skipMismatch:byName:limits:)`` takes.
    case file(String)
}
