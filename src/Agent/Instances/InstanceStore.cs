using Agents.Agent.Kernel;

namespace Agents.Agent.Instances;

/// <summary>The records of instances on disk. One that is damaged is named to the caller, who must treat the instance as one that may not be started.</summary>
internal sealed class InstanceStore(IFileSystem files, string directory)
    : RecordStore<InstanceRecord>(files, directory, InstanceJson.Default.InstanceRecord, record => record.InstanceId);
