namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>A key of etcd that is there.</summary>
/// <param name="Value">Its value; what is no text is none that means something here.</param>
/// <param name="Revision">The revision of its last change.</param>
/// <param name="Lease">The lease that it goes with; 0 when with none. A later change alone gives it another: value and revision tell this one apart.</param>
internal sealed record EtcdKey(string Value, long Revision, long Lease = 0)
{
    /// <summary>Whether its value is empty.</summary>
    public bool IsEmpty => Value.Length == 0;
}
