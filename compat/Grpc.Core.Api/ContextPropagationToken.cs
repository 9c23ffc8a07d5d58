namespace Grpc.Core;

/// <summary>Carries a server call's context to a child call. The runtimes used here make none.</summary>
public class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
