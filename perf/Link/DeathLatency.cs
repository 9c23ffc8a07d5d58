using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using Agents.V1;
using Agents.Words;
using Grpc.Core;

namespace Agents.Perf.Link;

/// <summary>
/// From the kernel's kill of a container's first process to the controller's knowledge of it: the engine notices, the agent looks, the link carries. The containers sleep, from
/// an image of one static program; both are removed at the end.
/// </summary>
internal sealed class DeathLatency(CallInvoker link, string controllerId)
{
    private const int Deaths = 100;
    private const string Image = "agents/perf-link:1";
    private const string Program = "/usr/bin/busybox";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Durations of so many deaths, one after the other.</summary>
    public async Task<Samples> MeasureAsync()
    {
        await Docker.RunAsync(Archive(), ["import", "-", Image]);
        try
        {
            using var events = new HostService.HostServiceClient(link).WatchEvents(new WatchEventsRequest());
            var samples = new Samples();
            for (var i = 0; i < Deaths; i++)
                samples.Add(await KillOneAsync(i, events.ResponseStream));
            return samples;
        }
        finally
        {
            await Docker.RunAsync("image", "rm", "--force", Image);
        }
    }

    private async Task<TimeSpan> KillOneAsync(int number, IAsyncStreamReader<WatchEventsResponse> events)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"agents-perf-link-{Environment.ProcessId}-{number}");
        var id = await Docker.RunAsync(
            "run", "--detach", "--network", "none", "--name", name, "--label", $"{ObjectLabels.Controller}={controllerId}", Image, "/busybox", "sleep", "1000");
        try
        {
            await WaitAsync(events, id, "start");
            var processId = int.Parse(await Docker.RunAsync("inspect", "--format", "{{.State.Pid}}", id), CultureInfo.InvariantCulture);
            using var process = Process.GetProcessById(processId);
            var killed = Stopwatch.GetTimestamp();
            process.Kill();
            await WaitAsync(events, id, "die");
            return Stopwatch.GetElapsedTime(killed);
        }
        finally
        {
            await Docker.RunAsync("rm", "--force", id);
        }
    }

    private static async Task WaitAsync(IAsyncStreamReader<WatchEventsResponse> events, string id, string action)
    {
        using var limit = new CancellationTokenSource(Patience);
        do
        {
            if (!await events.MoveNext(limit.Token))
                throw new IOException("the agent ended the stream of events");
        }
        while (events.Current.Container is not { } happened || happened.Container.Id != id || happened.Action != action);
    }

    private static byte[] Archive()
    {
        var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true))
        using (var program = File.OpenRead(Program))
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "busybox")
            {
                Mode = UnixFileMode.UserRead | UnixFileMode.UserExecute,
                DataStream = program,
            });
        }

        return stream.ToArray();
    }
}
