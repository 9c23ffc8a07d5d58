namespace Agents.Agent.Engines.Etcd.Wire;

/// <summary>An answer that is an error.</summary>
internal sealed record ErrorAnswer
{
    /// <summary>The status code of gRPC.</summary>
    public int Code { get; set; }

    /// <summary>The words.</summary>
    public string Message { get; set; } = "";
}
