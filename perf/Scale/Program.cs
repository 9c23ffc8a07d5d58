using System.Diagnostics;
using System.Globalization;
using Agents.Domain.Model;
using Agents.Perf.Scale;

// Scale [HOSTS [CLUSTERS [SECONDS]]]: how much a controller does with a fleet at rest, and how soon an event on a host is in its cluster's status.
if (args is ["fleet", var hostsOfFleet, var clustersOfFleet])
{
    await FleetProcess.RunAsync(new World(Number(hostsOfFleet), Number(clustersOfFleet)));
    return 0;
}

const double CpuMark = 0.1;
const double EventMarkSeconds = 1;
const int EventCount = 50;
var hostCount = args.Length > 0 ? Number(args[0]) : 1000;
var clusterCount = args.Length > 1 ? Number(args[1]) : 1000;
var rest = TimeSpan.FromSeconds(args.Length > 2 ? Number(args[2]) : 30);
var settling = TimeSpan.FromSeconds(60); // The runtime compiles what has turned out to be hot: that is no rest.
var leaders = new int[clusterCount]; // The next node of a cluster leads after each take-over.

// 1. A controller with a link to every host.
var world = new World(hostCount, clusterCount);
await using var controller = await ScaleController.StartAsync(world);
await using var agents = await AgentLinks.StartAsync(hostCount, clusterCount);
await agents.LinkAsync(world.Hosts, controller.Links);
foreach (var cluster in world.Clusters)
    await UntilPrimaryAsync(cluster, NodeOf(cluster, 0));
await Task.Delay(settling);

// 2. At rest: the processor of this process, which is the controller, with all that its links take of it.
var (callsBefore, cpuBefore, watch) = (await agents.CallsAsync(), Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
await Task.Delay(rest);
var seconds = watch.Elapsed.TotalSeconds;
var cpu = (Process.GetCurrentProcess().TotalProcessorTime - cpuBefore).TotalSeconds / seconds;
var resident = Environment.WorkingSet;
var calls = (await agents.CallsAsync()).ToDictionary(call => call.Key, call => (call.Value - callsBefore.GetValueOrDefault(call.Key)) / seconds);

// 3. Primaries die, one after the other: another node leads, and the dead one's agent tells of the exit. How long until a user reads the new primary's name?
var deaths = new List<double>();
for (var i = 0; i < EventCount; i++)
{
    var number = i * 37 % clusterCount;
    deaths.Add(await TakeOverAsync("die", number));
    agents.Tell($"start {number}"); // Its agent has started it again.
}

// 4. The lead is handed over and no container knows of it: the agents see it with their next look.
var handOvers = new List<double>();
for (var i = 0; i < EventCount; i++)
    handOvers.Add(await TakeOverAsync("hand-over", ((i * 37) + 11) % clusterCount));

// 5. The figures, those with a mark last.
deaths.Sort();
handOvers.Sort();
Print("hosts", hostCount, "");
Print("clusters", clusterCount, "");
foreach (var (method, rate) in calls.Where(call => call.Value > 0).OrderByDescending(call => call.Value))
    Print($"calls_{method}", rate, "calls/s");
Print("calls", calls.Values.Sum(), "calls/s");
Print("store_snapshot", (await controller.ReadSnapshotAsync()).TotalMilliseconds, "ms");
Print("managed_memory", GC.GetTotalMemory(forceFullCollection: true) / 1048576d, "MiB");
Print("resident_memory", resident / 1048576d, "MiB");
Print("hand_over_to_status_median", Median(handOvers), "s");
Print("hand_over_to_status_max", handOvers[^1], "s");
Print("event_to_status_p99", deaths[(int)(deaths.Count * 0.99)], "s");
Print("event_to_status_max", deaths[^1], "s");
Print("load_average", double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture), "");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mark cpu {cpu:F3} cores of {CpuMark}, ratio {cpu / CpuMark:F2}"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mark event_to_status_median {Median(deaths):F3} s of {EventMarkSeconds} s, ratio {Median(deaths) / EventMarkSeconds:F2}"));
return 0;

async Task<double> TakeOverAsync(string what, int number)
{
    await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(2000))); // Anywhere in the loops' periods.
    var since = Stopwatch.StartNew();
    agents.Tell($"{what} {number}");
    leaders[number] = (leaders[number] + 1) % 3;
    await UntilPrimaryAsync(world.Clusters[number], NodeOf(world.Clusters[number], leaders[number]));
    return since.Elapsed.TotalSeconds;
}

async Task UntilPrimaryAsync(Cluster cluster, string name)
{
    var since = Stopwatch.StartNew();
    while (Primary(await controller.StatusAsync(cluster)) != name)
    {
        if (since.Elapsed > TimeSpan.FromSeconds(60))
            throw new TimeoutException($"{cluster.Name}: {name} is not said to be the primary: {await controller.StatusAsync(cluster)}");
        await Task.Delay(5);
    }
}

string NodeOf(Cluster cluster, int number) => world.ByCluster[cluster.Ref].ElementAt(number).Member; // The nodes come first.

static string? Primary(System.Text.Json.Nodes.JsonNode status) =>
    (string?)status["nodes"]!.AsArray().FirstOrDefault(node => (string?)node!["role"] == "primary")?["name"];

static double Median(List<double> sorted) => sorted[sorted.Count / 2];

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static void Print(string name, double value, string unit) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value:0.###} {unit}").TrimEnd());
