using System.Collections.Immutable;
using Agents.Domain.Kinds;

namespace Agents.Domain.Model;

/// <summary>A version of all images that clusters are made from.</summary>
public sealed record ImageSet(string Version, ImmutableArray<ImageSetImage> Images)
{
    /// <summary>The image for a kind of instance, or null where the set has none.</summary>
    public ImageSetImage? Find(InstanceKind kind) => Images.FirstOrDefault(image => image.Name == KindProfile.Of(kind).Image);
}
