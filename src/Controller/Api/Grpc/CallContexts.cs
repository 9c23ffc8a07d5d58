using Agents.Controller.Application;
using Grpc.Core;

namespace Agents.Controller.Api.Grpc;

/// <summary>Who calls a gRPC method for users.</summary>
internal static class CallContexts
{
    /// <summary>The caller that the gate admitted.</summary>
    public static Caller Caller(this ServerCallContext context) =>
        Invariant.NotNull(context.GetHttpContext().Features.Get<Caller>(), "the gate admits every call of a method for users");
}
