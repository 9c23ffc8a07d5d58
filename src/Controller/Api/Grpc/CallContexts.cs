using Agents.Controller.Api.Rest;
using Agents.Controller.Application;
using Grpc.Core;

namespace Agents.Controller.Api.Grpc;

/// <summary>Who calls a method for users, over gRPC or REST.</summary>
internal static class CallContexts
{
    /// <summary>The caller that the gate admitted.</summary>
    public static Caller Caller(this ServerCallContext context) => context is RestCall call
        ? call.Caller
        : Invariant.NotNull(context.GetHttpContext().Features.Get<Caller>(), "the gate admits every call of a method for users");
}
