using System.Diagnostics;
using Agents.Protocol;
using Agents.V1;
using Grpc.Core;

namespace Agents.Perf.Link;

/// <summary>The cheapest call of the contract, over the link and over the local socket.</summary>
internal sealed class CallLatency(CallInvoker link, CallInvoker local, string controllerId)
{
    private const int WarmUpCalls = 3000;
    private const int Rounds = 200;
    private const int CallsPerRound = 50;
    private static readonly TimeSpan RateTime = TimeSpan.FromSeconds(5);

    private readonly HostService.HostServiceClient _link = new(link);
    private readonly HostService.HostServiceClient _local = new(local);

    /// <summary>Durations of single calls, one after the other.</summary>
    public async Task<(Samples Link, Samples Local)> MeasureAsync()
    {
        await RunAsync(_link, WarmUpCalls, new Samples());
        await RunAsync(_local, WarmUpCalls, new Samples());
        var (overLink, overSocket) = (new Samples(), new Samples());
        for (var round = 0; round < Rounds; round++)
        {
            await RunAsync(_local, CallsPerRound, overSocket);
            await RunAsync(_link, CallsPerRound, overLink);
        }

        return (overLink, overSocket);
    }

    /// <summary>Calls per second over the link with so many on the way at a time.</summary>
    public async Task<double> MeasureRateAsync(int inFlight)
    {
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => CallUntilAsync(started)));
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task RunAsync(HostService.HostServiceClient client, int calls, Samples samples)
    {
        for (var i = 0; i < calls; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await CallAsync(client);
            samples.Add(Stopwatch.GetElapsedTime(started));
        }
    }

    private async Task<int> CallUntilAsync(long started)
    {
        var count = 0;
        for (; Stopwatch.GetElapsedTime(started) < RateTime; count++)
            await CallAsync(_link);
        return count;
    }

    private async Task CallAsync(HostService.HostServiceClient client)
    {
        var request = new HelloRequest
        {
            ControllerId = controllerId,
            ProtocolMin = ProtocolVersion.Minimum,
            ProtocolMax = ProtocolVersion.Maximum,
        };
        await client.HelloAsync(request, deadline: DateTime.UtcNow.AddSeconds(10));
    }
}
