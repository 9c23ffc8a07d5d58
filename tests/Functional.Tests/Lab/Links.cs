using Agents.Controller.Links;
using Agents.Testing;
using Agents.V1;
using Grpc.Core;

namespace Agents.Functional.Tests.Lab;

/// <summary>Waits for links.</summary>
internal static class Links
{
    /// <summary>Waits for the end of a session.</summary>
    public static Task WaitUntilDownAsync(LinkSession session)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        session.Closed.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), ended);
        return ended.Task.DefaultTimeout();
    }

    /// <summary>Calls a host until it answers.</summary>
    public static async Task WaitUntilReadyAsync(LinkRegistry links, LinkSession session)
    {
        using var limit = new CancellationTokenSource(Waiting.Limit);
        while (!await AnswersAsync(links, session))
            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
    }

    private static async Task<bool> AnswersAsync(LinkRegistry links, LinkSession session)
    {
        if (!links.TryGet(session.HostId, out var current))
            return false;
        try
        {
            await new HostService.HostServiceClient(current.Invoker).GetFactsAsync(new GetFactsRequest(), deadline: DateTime.UtcNow.AddMilliseconds(250));
            return true;
        }
        catch (RpcException)
        {
            return false;
        }
    }
}
