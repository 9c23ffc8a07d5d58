using System.Collections.Immutable;

namespace Agents.Domain.Model;

/// <summary>A version of all images that clusters are made from.</summary>
public sealed record ImageSet(string Version, ImmutableArray<ImageSetImage> Images)
{
    /// <summary>The image for a kind of instance, or null where the set has none.</summary>
    public ImageSetImage? Find(InstanceKind kind)
    {
        var name = kind switch
        {
            InstanceKind.Postgres => "postgres",
            InstanceKind.Etcd => "etcd",
            _ => "haproxy",
        };
        return Images.FirstOrDefault(image => image.Name == name);
    }
}
