namespace Agents.Domain.Engines;

/// <summary>One file of an instance's configuration. Its content may be secret: never log it.</summary>
/// <param name="Path">Its path below the configuration volume.</param>
/// <param name="Content">Its text.</param>
/// <param name="Mode">Its mode, as 0600 octal.</param>
/// <param name="Owner">User and group that own it.</param>
/// <param name="KeepExisting">Whether it is written only where there is none: what somebody has made of it since stays, and is no difference in the hash.</param>
public sealed record ConfigFile(string Path, string Content, int Mode, int Owner, bool KeepExisting = false)
{
    /// <summary>Only that the file exists: its content may be secret.</summary>
    public override string ToString() => $"ConfigFile {{ Path = {Path} }}";
}
