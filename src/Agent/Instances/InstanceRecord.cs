namespace Agents.Agent.Instances;

/// <summary>What the agent durably knows of one instance. Immutable: a change is a new record, which counts from when it is on the disk.</summary>
internal sealed record InstanceRecord
{
    private const int EndedFencesMax = 16;

    /// <summary>The instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The resource that it belongs to.</summary>
    public ResourceOwner Owner { get; init; } = ResourceOwner.None;

    /// <summary>The store id of the controller that it belongs to.</summary>
    public required string ControllerId { get; init; }

    /// <summary>The ticket of the last command about this instance that was obeyed.</summary>
    public CommandTicket Ticket { get; init; } = new(0);

    /// <summary>The highest generation that was obeyed.</summary>
    public long Generation { get; init; }

    /// <summary>What it is; empty before its container is created.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The name of its container; empty before it is created.</summary>
    public string ContainerName { get; set; } = "";

    /// <summary>Whether it is to run.</summary>
    public InstanceState Want { get; init; }

    /// <summary>For how long its PostgreSQL may give no answer while it leads; zero for ever.</summary>
    public TimeSpan HangTimeout { get; init; }

    /// <summary>The fence; null when there is none.</summary>
    public FenceRecord? Fence { get; init; }

    /// <summary>The id of the last fence whose deadline passed without a verdict; empty when none did.</summary>
    public string ExpiredFence { get; init; } = "";

    /// <summary>The ids of the last fences that have ended, the latest last: none of them begins again, however late a request for it comes. Null when none has.</summary>
    public IReadOnlyList<string>? EndedFences { get; init; }

    /// <summary>The image that its container was created from, by our label; empty before it is created.</summary>
    public string ImageLabel { get; init; } = "";

    /// <summary>The hash of the configuration that was written last, completely or not.</summary>
    public string ConfigHash { get; set; } = "";

    /// <summary>Whether all of it was written, and nothing else stands in its place. Not while it is written, nor while an engine reads it again with files that are there for that alone.</summary>
    public bool ConfigComplete { get; init; }

    /// <summary>Whether it has ever run with data of its own.</summary>
    public bool Initialised { get; init; }

    /// <summary>The identifier that its data carries; empty before it was seen, and where data carries none.</summary>
    public string DataIdentity { get; set; } = "";

    /// <summary>Why its data was not what it should be when it was last to be started; empty when it was.</summary>
    public string DataTrouble { get; set; } = "";

    /// <summary>Its first process as last seen running; null when never.</summary>
    public ProcessRecord? Process { get; init; }

    /// <summary>When it was forgotten; null while it is known. A forgotten instance keeps nothing but its generation, which refuses what was sent before and comes late.</summary>
    public DateTimeOffset? ForgottenAt { get; init; }

    /// <summary>Whether a fence has ended.</summary>
    public bool HasEnded(string fenceId) => EndedFences?.Contains(fenceId) == true;

    /// <summary>The record without its fence. That has ended, and so has the named one, which may never have begun.</summary>
    public InstanceRecord WithoutFence(string fenceId)
    {
        var ended = new[] { Fence?.Id, fenceId }.OfType<string>().Distinct().Where(id => !HasEnded(id)).ToList();
        return Fence is null && ended.Count == 0 ? this : this with { Fence = null, EndedFences = [.. (EndedFences ?? []).Concat(ended).TakeLast(EndedFencesMax)] };
    }
}
