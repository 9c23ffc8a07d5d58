using System.Globalization;
using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Protocol;
using Agents.Words;

namespace Agents.Agent.Instances;

/// <summary>
/// Looks for an instance's data in its volume, through its container, running or not: a volume that is there may have been emptied, or be another one of the same name. Failures of
/// the engine are thrown: what could not be looked at is not gone.
/// </summary>
internal sealed class DataCheck(IDockerArchives archives)
{
    /// <summary>What is there now, held against what its record says was there.</summary>
    public async Task<DataSight> LookAsync(InstanceRecord record, ContainerInspection container, CancellationToken cancellationToken)
    {
        var mount = container.Mounts?.FirstOrDefault(mount => mount.Type == "volume" && mount.Destination != ConfigPaths.Directory);
        var identity = "";
        foreach (var mark in mount is null ? [] : DataMarks.Of(container.Label(ObjectLabels.Kind)))
        {
            var path = $"{mount!.Destination}/{mark}";
            if (mark != DataMarks.ControlFile && !await archives.HasDataAsync(container.Id, path, cancellationToken))
                return new DataSight(ErrorReasons.DataGone, "");
            if (mark == DataMarks.ControlFile && (identity = await ReadIdentityAsync(container.Id, path, cancellationToken)) is null)
                return new DataSight(ErrorReasons.DataGone, "");
        }

        var isOther = record.DataIdentity.Length > 0 && identity != record.DataIdentity;
        return new DataSight(isOther ? ErrorReasons.DataForeign : "", identity);
    }

    /// <summary>The first eight bytes, in the order of the machine; null where there is no such file. What is no control file has no identifier of anybody.</summary>
    private async Task<string?> ReadIdentityAsync(string container, string path, CancellationToken cancellationToken)
    {
        await using var tar = await archives.GetAsync(container, path, cancellationToken);
        if (tar is null)
            return null;
        try
        {
            var content = await ConfigFileReader.ReadAsync(tar, path, cancellationToken);
            return content.Length < sizeof(ulong) ? "none" : BitConverter.ToUInt64(content).ToString(CultureInfo.InvariantCulture);
        }
        catch (InvalidDataException)
        {
            return "none";
        }
    }
}
