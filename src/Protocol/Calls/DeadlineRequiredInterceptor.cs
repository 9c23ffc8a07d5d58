using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Agents.Protocol.Calls;

/// <summary>Refuses unary calls without a deadline: whoever waits without one holds resources here after it has lost interest.</summary>
public sealed class DeadlineRequiredInterceptor : Interceptor
{
    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (context.Deadline == DateTime.MaxValue && !MethodRoles.IsDiagnostic(context.Method))
            throw RpcErrors.Create(StatusCode.InvalidArgument, ErrorReasons.DeadlineMissing, "set a deadline (grpcurl: -max-time 10): unary calls without one are refused");
        return continuation(request, context);
    }
}
