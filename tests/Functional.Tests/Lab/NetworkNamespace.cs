using System.Globalization;
using System.Net;

namespace Agents.Functional.Tests.Lab;

/// <summary>A network namespace with a cable to this one; gone with the test, and its cable with it.</summary>
internal sealed class NetworkNamespace : IAsyncDisposable
{
    private static int _count;

    private readonly string _name;

    private NetworkNamespace(string name, IPAddress here)
    {
        _name = name;
        Here = here;
    }

    /// <summary>The address of this side of the cable.</summary>
    public IPAddress Here { get; }

    /// <summary>Where the namespace is mounted, for nsenter.</summary>
    public string Path => $"/run/netns/{_name}";

    /// <summary>Makes a namespace. Needs root.</summary>
    public static async Task<NetworkNamespace> CreateAsync()
    {
        // The range for benchmarks of networks is routed nowhere; process and count make the addresses this test's own.
        var number = Interlocked.Increment(ref _count);
        var name = string.Create(CultureInfo.InvariantCulture, $"agl{Environment.ProcessId % 100000}x{number}");
        var network = string.Create(CultureInfo.InvariantCulture, $"198.18.{Environment.ProcessId % 250}.{number * 4}");
        var last = number * 4;
        var prefix = network[..(network.LastIndexOf('.') + 1)];
        var here = IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"{prefix}{last + 1}"));
        var made = new NetworkNamespace(name, here);
        try
        {
            await Shell.RunAsync("ip", "netns", "add", name);
            await Shell.RunAsync("ip", "link", "add", $"{name}h", "type", "veth", "peer", "name", "eth0", "netns", name);
            await Shell.RunAsync("ip", "addr", "add", $"{here}/30", "dev", $"{name}h");
            await Shell.RunAsync("ip", "link", "set", $"{name}h", "up");
            await made.RunAsync("ip", "addr", "add", string.Create(CultureInfo.InvariantCulture, $"{prefix}{last + 2}/30"), "dev", "eth0");
            await made.RunAsync("ip", "link", "set", "eth0", "up");
            await made.RunAsync("ip", "link", "set", "lo", "up");
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>From now on every packet is lost, without a reset.</summary>
    public async Task DropPacketsAsync()
    {
        await RunAsync("iptables", "-I", "INPUT", "-j", "DROP");
        await RunAsync("iptables", "-I", "OUTPUT", "-j", "DROP");
    }

    /// <summary>Packets get through again.</summary>
    public Task HealAsync() => RunAsync("iptables", "-F");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path))
            await Shell.RunAsync("ip", "netns", "delete", _name);
    }

    private Task RunAsync(params string[] command) => Shell.RunAsync("nsenter", [$"--net={Path}", .. command]);
}
