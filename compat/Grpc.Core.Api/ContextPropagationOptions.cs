namespace Grpc.Core;

/// <summary>Chooses what a server's call hands on to the calls that it makes itself.</summary>
public class ContextPropagationOptions
{
    /// <summary>Hands on deadline and cancellation.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Makes a choice; by default both are handed on.</summary>
    public ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
    {
        IsPropagateDeadline = propagateDeadline;
        IsPropagateCancellation = propagateCancellation;
    }

    /// <summary>Whether the child call ends with the parent's deadline.</summary>
    public bool IsPropagateDeadline { get; }

    /// <summary>Whether the child call is cancelled with its parent.</summary>
    public bool IsPropagateCancellation { get; }
}
