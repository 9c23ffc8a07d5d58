namespace Agents.Cli.Model;

/// <summary>What the server says of a request that it refuses.</summary>
internal sealed record Problem
{
    /// <summary>The kind of failure in a few words.</summary>
    public string Title { get; set; } = "";

    /// <summary>A constant, as "DELETION_PROTECTED".</summary>
    public string Reason { get; set; } = "";

    /// <summary>A sentence that says what to do.</summary>
    public string Detail { get; set; } = "";

    /// <summary>The fields that are wrong.</summary>
    public IReadOnlyList<Violation> Violations { get; set; } = [];

    /// <summary>A field that is wrong.</summary>
    internal sealed record Violation
    {
        /// <summary>Its JSON path.</summary>
        public string Path { get; set; } = "";

        /// <summary>What is wrong with it.</summary>
        public string Message { get; set; } = "";
    }
}
