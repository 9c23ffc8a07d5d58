namespace Agents.Compat.Tests.Runtimes;

/// <summary>The request headers that tell <see cref="EchoServiceImplementation"/> what to do beyond echoing.</summary>
internal static class EchoHeaders
{
    /// <summary>Fail with this status code (a number).</summary>
    public const string FailWith = "fail-with";

    /// <summary>Wait until the call is cancelled.</summary>
    public const string Hang = "hang";

    /// <summary>Come back as a response header.</summary>
    public const string ReturnAsHeader = "return-as-header-bin";

    /// <summary>Come back as a trailer.</summary>
    public const string ReturnAsTrailer = "return-as-trailer-bin";

    /// <summary>Write responses with these flags (a number).</summary>
    public const string WriteFlags = "write-flags";
}
