using Grpc.Core;

namespace Agents.Compat.Tests.Api;

/// <summary>A channel over a given invoker.</summary>
internal sealed class RecordingChannel(CallInvoker invoker) : ChannelBase("target")
{
    /// <inheritdoc/>
    public override CallInvoker CreateCallInvoker() => invoker;
}
