namespace Agents.Compat.Tests.References;

/// <summary>From where a member can be used, as far as other assemblies are concerned.</summary>
internal enum MemberAccess
{
    /// <summary>Not from other assemblies.</summary>
    Hidden,

    /// <summary>From derived types.</summary>
    Derived,

    /// <summary>From everywhere.</summary>
    Public,
}
