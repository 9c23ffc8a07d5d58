using System.Globalization;
using System.Text;
using Agents.Domain.Engines;

namespace Agents.Domain.Tests.Engines;

/// <summary>Writes a container's blueprint for people and golden files: one line for each thing that it says.</summary>
internal static class BlueprintText
{
    /// <summary>The text.</summary>
    public static string Of(InstanceBlueprint blueprint)
    {
        var container = blueprint.Container;
        var text = new StringBuilder();
        Line(text, $"name {container.Name}");
        Line(text, $"image {container.Image} labelled {container.ImageLabel}");
        foreach (var argument in container.Command)
            Line(text, $"command {argument}");
        foreach (var (key, value) in container.Labels)
            Line(text, $"label {key}={value}");
        Line(text, $"network {container.Network}");
        foreach (var port in container.Ports)
            Line(text, $"port {port.Name} {port.Address} {port.Port}");
        foreach (var (volume, path) in container.Mounts)
            Line(text, $"mount {volume} {path}");
        foreach (var (path, bytes) in container.TmpfsBytes)
            Line(text, $"tmpfs {path} {bytes}");
        Line(text, $"shm {container.ShmBytes}");
        Line(text, $"memory {container.MemoryBytes}");
        Line(text, $"cpu {container.CpuMilli}");
        Line(text, $"restarted by docker {container.RestartedByDocker}");
        Line(text, $"stop timeout {container.StopTimeout.TotalSeconds}");
        foreach (var file in blueprint.Files)
            Line(text, $"file {file.Path} {Convert.ToString(file.Mode, 8)} {file.Owner}{(file.KeepExisting ? " kept" : "")}");
        Line(text, $"configuration {blueprint.ConfigHash}");
        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
