using Grpc.Core.Interceptors;

namespace Agents.Compat.Tests.Runtimes;

/// <summary>Overrides nothing: every call goes on unchanged.</summary>
internal sealed class PassThroughInterceptor : Interceptor
{
}
