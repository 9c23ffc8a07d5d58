using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Agents.Agent.Configuration;
using Agents.Agent.Instances;
using Agents.Protocol;
using Agents.V1;
using Agents.Words;

namespace Agents.Agent.Containers;

/// <summary>Checks the form of what is asked for, before anything is done. What the engine would take for a host path or a host namespace has no form here.</summary>
internal sealed partial class SpecificationRules(AgentSettings settings)
{
    /// <summary>Checks a container's specification.</summary>
    public void Require(ContainerSpec spec)
    {
        RequireName("spec.name", spec.Name);
        RequireName("spec.network", spec.Network);
        Check(spec.Image.Length > 0, "spec.image", "must be given");
        Check(spec.ImageLabel.Length > 0, "spec.image_label", "must be given");
        Check(spec.Labels.ContainsKey(ObjectLabels.Kind), "spec.labels", $"must hold '{ObjectLabels.Kind}'");
        Check(spec.User.Length == 0 || User().IsMatch(spec.User), "spec.user", "must be user or user:group");
        Check(spec.StopSignal.Length == 0 || Signal().IsMatch(spec.StopSignal), "spec.stop_signal", "must be a signal's name, as SIGINT");
        Check(spec.MemoryBytes >= 0 && spec.CpuMilli >= 0 && spec.ShmBytes >= 0 && spec.LogBytesMax >= 0 && spec.LogFilesMax >= 0 && spec.PidsMax >= 0 && spec.NofileMax >= 0, "spec", "has a negative limit");
        Check(
            spec.RestartPolicy != RestartPolicy.UnlessStopped || !InstanceKinds.HoldsData(spec.Labels[ObjectLabels.Kind]),
            "spec.restart_policy", "must be NO for what holds data: its agent starts it, after the check of its volumes");
        foreach (var mount in spec.Mounts)
            RequireMount(mount);
        foreach (var path in spec.TmpfsBytes.Keys)
            Check(IsContainerPath(path), "spec.tmpfs_bytes", $"'{path}' is no directory of a container");
        foreach (var port in spec.Ports)
            RequirePort(port);
        Check(spec.Ports.Select(port => port.Port).Distinct().Count() == spec.Ports.Count, "spec.ports", "names a port twice");
        Check(spec.Ports.Select(port => port.Name).Distinct().Count() == spec.Ports.Count, "spec.ports", "names two ports alike");
    }

    /// <summary>Checks a name of an object of the engine.</summary>
    public static void RequireName(string field, string name) =>
        Check(ObjectName().IsMatch(name), field, $"'{name}' must begin with a letter or digit and hold letters, digits, '_', '.' and '-', 128 at the most");

    /// <summary>Checks a cluster network's subnet and gives it in its canonical form.</summary>
    public string RequireSubnet(string text)
    {
        if (!IPNetwork.TryParse(text, out var subnet))
            throw Invalid("subnet", $"'{text}' is no network in CIDR form, as 10.210.0.16/28");
        var pool = settings.NetworkPool;
        if (subnet.PrefixLength < pool.PrefixLength || !pool.Contains(subnet.BaseAddress))
            throw new CommandException(
                ErrorReasons.Policy, $"The subnet {text} is outside of this host's pool {pool} ('network_pool' in the agent's configuration).",
                ("subnet", text), ("network_pool", pool.ToString()));
        return subnet.ToString();
    }

    /// <summary>Checks what a volume is for.</summary>
    public static void RequirePurpose(string purpose) => Check(
        purpose is ObjectLabels.DataPurpose or ObjectLabels.ConfigurationPurpose,
        $"labels.{ObjectLabels.Purpose}", $"must be '{ObjectLabels.DataPurpose}' or '{ObjectLabels.ConfigurationPurpose}'");

    /// <summary>Checks a signal that is to be sent.</summary>
    public static void RequireSignal(string signal)
    {
        Check(Signal().IsMatch(signal), "signal", $"'{signal}' is no signal's name, as SIGHUP");
        Check(signal is not ("SIGKILL" or "SIGSTOP"), "signal", $"{signal} is not sent: stop the container instead");
    }

    /// <summary>A request that is malformed.</summary>
    public static CommandException Invalid(string field, string description) =>
        new(ErrorReasons.InvalidArgument, $"'{field}' {description}.", ("field", field));

    private static void RequireMount(VolumeMount mount)
    {
        RequireName("spec.mounts", mount.Volume);
        Check(IsContainerPath(mount.Path), "spec.mounts", $"'{mount.Path}' is no directory of a container");
    }

    private void RequirePort(PublishedPort port)
    {
        Check(PortName().IsMatch(port.Name), "spec.ports", $"'{port.Name}' is no port's name");
        if (!IPAddress.TryParse(port.Address, out var address) || !settings.IsOwnAddress(address))
            throw new CommandException(
                ErrorReasons.Policy, $"Ports are published on {settings.ClusterAddress} and {settings.ClientAddress}, not on '{port.Address}'.", ("address", port.Address));
        if (!settings.Ports.Contains(port.Port))
            throw new CommandException(
                ErrorReasons.Policy, $"The port {port.Port} is outside of this host's range {settings.Ports} ('port_range' in the agent's configuration).",
                ("port", port.Port.ToString(CultureInfo.InvariantCulture)));
    }

    private static bool IsContainerPath(string path) => path.Length > 1 && path[0] == '/' && !path.Split('/').Contains("..") && !path.Contains(':');

    private static void Check(bool holds, string field, string description)
    {
        if (!holds)
            throw Invalid(field, description);
    }

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,127}$")]
    private static partial Regex ObjectName();

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$")]
    private static partial Regex PortName();

    [GeneratedRegex("^[a-z0-9_][a-z0-9_-]*(:[a-z0-9_][a-z0-9_-]*)?$")]
    private static partial Regex User();

    [GeneratedRegex("^SIG[A-Z0-9+-]{2,10}$")]
    private static partial Regex Signal();
}
