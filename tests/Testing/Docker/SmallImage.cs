namespace Agents.Testing.Docker;

/// <summary>The smallest image that real engines run: a static busybox, packed here as "docker save" would.</summary>
internal static class SmallImage
{
    /// <summary>Its reference.</summary>
    public const string Reference = "agents/test:1";

    /// <summary>Its label "agents.image".</summary>
    public const string Label = "test:1";

    /// <summary>The archive.</summary>
    public static byte[] Archive()
    {
        var image = SavedImage.Of(Reference, Label, ("bin/busybox", File.ReadAllBytes("/usr/bin/busybox")), ("etc/agents/from-image", "image\n"u8.ToArray()));
        return SavedImage.Archive([image]);
    }
}
