using Agents.V1;
using Grpc.Core;

namespace Agents.Perf.Scale;

/// <summary>ProxyService of any host: proxies take what they are told.</summary>
internal sealed class ProxyAgent : ProxyService.ProxyServiceBase
{
    /// <inheritdoc/>
    public override Task<SetServersResponse> SetServers(SetServersRequest request, ServerCallContext context) => Task.FromResult(new SetServersResponse());
}
