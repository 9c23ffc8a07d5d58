using System.Diagnostics;
using System.Globalization;
using Agents.Domain.Health;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Perf.Scale;

// Scale [HOSTS [CLUSTERS [SECONDS]]]: how much a controller does with a fleet at rest, and how soon an event on a host is in its cluster's status.
if (args is ["agent"])
{
    await CallCost.ServeAsync();
    return 0;
}

const double CpuMark = 0.1;
const double EventMarkSeconds = 1;
const int EventCount = 50;
var hostCount = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000;
var clusterCount = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1000;
var rest = TimeSpan.FromSeconds(args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 30);
var factsPeriod = TimeSpan.FromSeconds(10);

// 1. A controller that sees everything running, and agents that report facts as they do: each every ten seconds, evenly spread.
var world = new World(hostCount, clusterCount);
var agents = new CountingAgents(world);
await using var controller = await ScaleController.StartAsync(world, agents);
using var ending = new CancellationTokenSource();
var reports = ReportFactsAsync(ending.Token);
await Task.Delay(TimeSpan.FromSeconds(10));

// 2. At rest.
var (callsBefore, cpuBefore, watch) = (agents.Calls.ToDictionary(), Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
await Task.Delay(rest);
var seconds = watch.Elapsed.TotalSeconds;
var cpu = (Process.GetCurrentProcess().TotalProcessorTime - cpuBefore).TotalSeconds / seconds;
var resident = Environment.WorkingSet;
var calls = agents.Calls.ToDictionary(call => call.Key, call => (call.Value - callsBefore.GetValueOrDefault(call.Key)) / seconds);

// 3. Primaries die, one after the other: another node leads, and the dead one's agent tells of the exit. How long until a user reads the new primary's name?
var times = new List<double>();
for (var i = 0; i < EventCount; i++)
    times.Add(await TakeOverAsync(world.Clusters[(i * 37) % world.Clusters.Count]));
await ending.CancelAsync();
await reports;

// 4. What the calls would take over real links, facts included: those of a thousand hosts come over links too.
var callCpu = await CallCost.MeasureAsync(calls.Values.Sum() + (hostCount / factsPeriod.TotalSeconds), TimeSpan.FromSeconds(10));

// 5. The figures, those with a mark last.
times.Sort();
Print("hosts", hostCount, "");
Print("clusters", clusterCount, "");
foreach (var (method, rate) in calls.OrderByDescending(call => call.Value))
    Print($"calls_{method}", rate, "calls/s");
Print("calls", calls.Values.Sum(), "calls/s");
Print("store_snapshot", (await controller.ReadSnapshotAsync()).TotalMilliseconds, "ms");
Print("managed_memory", GC.GetTotalMemory(forceFullCollection: true) / 1048576d, "MiB");
Print("resident_memory", resident / 1048576d, "MiB");
Print("event_to_status_p99", times[(int)(times.Count * 0.99)], "s");
Print("event_to_status_max", times[^1], "s");
Print("cpu_without_calls", cpu, "cores");
Print("cpu_of_calls_estimated", callCpu, "cores");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mark cpu {cpu + callCpu:F3} cores of {CpuMark}, ratio {(cpu + callCpu) / CpuMark:F2}"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mark event_to_status_median {times[times.Count / 2]:F3} s of {EventMarkSeconds} s, ratio {times[times.Count / 2] / EventMarkSeconds:F2}"));
return 0;

async Task<double> TakeOverAsync(Cluster cluster)
{
    var nodes = world.ByCluster[cluster.Ref].Where(instance => instance.Kind == InstanceKind.Postgres).ToList();
    var (dead, next) = (nodes.Single(node => node.Id == agents.LeaderOf(cluster.Ref)), nodes.First(node => node.Id != agents.LeaderOf(cluster.Ref)));
    await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(2000))); // Anywhere in the loops' periods.
    var since = Stopwatch.StartNew();
    agents.Promote(next);
    Change(dead, ContainerState.Exited);
    while (Primary(await controller.StatusAsync(cluster)) != next.Member)
    {
        if (since.Elapsed > TimeSpan.FromSeconds(60))
            throw new TimeoutException($"{cluster.Name}: {next.Member} is not said to be the primary: {await controller.StatusAsync(cluster)}");
        await Task.Delay(5);
    }

    var taken = since.Elapsed.TotalSeconds;
    Change(dead, ContainerState.Running); // Its agent has started it again.
    return taken;
}

static string? Primary(System.Text.Json.Nodes.JsonNode status) =>
    (string?)status["nodes"]!.AsArray().FirstOrDefault(node => (string?)node!["role"] == "primary")?["name"];

void Change(Instance instance, ContainerState state) => controller.Report(
    instance.HostId,
    seen => seen with { Containers = seen.Containers.SetItem(instance.ContainerName, seen.Containers[instance.ContainerName] with { State = state }) });

async Task ReportFactsAsync(CancellationToken cancellationToken)
{
    for (var turn = 0; !cancellationToken.IsCancellationRequested; turn++)
    {
        var host = world.Hosts[turn % world.Hosts.Count];
        controller.Report(host.Id, seen => seen with { LastSeenAt = DateTimeOffset.UtcNow, Facts = seen.Facts! with { MemoryAvailableBytes = turn } });
        await Task.Delay(factsPeriod / world.Hosts.Count, CancellationToken.None);
    }
}

static void Print(string name, double value, string unit) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value:0.###} {unit}").TrimEnd());
