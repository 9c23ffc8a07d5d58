using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Testing.Fleet;

/// <summary>What an agent durably knows of an instance.</summary>
internal sealed class FakeRecord(InstanceId instanceId, string controllerId)
{
    /// <summary>The instance.</summary>
    public InstanceId InstanceId => instanceId;

    /// <summary>Whose it is.</summary>
    public string ControllerId => controllerId;

    /// <summary>The highest generation that was obeyed.</summary>
    public long Generation { get; set; }

    /// <summary>Whether it is to run.</summary>
    public InstanceWant Want { get; set; }

    /// <summary>The configuration last written.</summary>
    public string ConfigHash { get; set; } = "";

    /// <summary>Whether all of it was written.</summary>
    public bool ConfigComplete { get; set; }

    /// <summary>Whether it has data of its own.</summary>
    public bool Initialised { get; set; }

    /// <summary>For how long it may give no answer while it leads; zero for ever.</summary>
    public TimeSpan HangTimeout { get; set; }

    /// <summary>What was found when it had given none for so long; empty when it answers.</summary>
    public string Hang { get; set; } = "";

    /// <summary>The fence that keeps it from being started; empty when none does.</summary>
    public string FenceId { get; set; } = "";

    /// <summary>For how many moments that lasts yet.</summary>
    public int FenceLeft { get; set; }

    /// <summary>The fences that have ended: none of them begins again.</summary>
    public HashSet<string> EndedFences { get; } = [];

    /// <summary>Why its data was not what it should be when it was last to be started.</summary>
    public string DataTrouble { get; set; } = "";

    /// <summary>Its fence has ended, and so has the named one, which may never have begun.</summary>
    public void EndFence(string id = "")
    {
        EndedFences.UnionWith(new[] { FenceId, id }.Where(ended => ended.Length > 0));
        FenceId = "";
    }
}
