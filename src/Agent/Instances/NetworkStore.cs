using Agents.Agent.Kernel;

namespace Agents.Agent.Instances;

/// <summary>The records of networks on disk. One that is damaged is as none: a network holds nothing.</summary>
internal sealed class NetworkStore(IFileSystem files, string directory)
    : RecordStore<NetworkRecord>(files, directory, InstanceJson.Default.NetworkRecord, record => record.Name);
