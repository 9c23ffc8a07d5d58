namespace Agents.Cli.Model;

/// <summary>Who has led a cluster.</summary>
internal sealed record FailoverList
{
    /// <summary>The changes and the tries, the latest first.</summary>
    public IReadOnlyList<Failover> Failovers { get; set; } = [];

    /// <summary>When the engine's own record was read; null where that is not known, or not to its end.</summary>
    public DateTimeOffset? EngineReadAt { get; set; }

    /// <summary>A change of who leads, or a try at one.</summary>
    internal sealed record Failover
    {
        /// <summary>When; null where nobody knows.</summary>
        public DateTimeOffset? At { get; set; }

        /// <summary>Who led before.</summary>
        public string From { get; set; } = "";

        /// <summary>Who led from then on.</summary>
        public string To { get; set; } = "";

        /// <summary>The timeline that began; 0 where none did.</summary>
        public int Timeline { get; set; }

        /// <summary>Where the timeline before it ended.</summary>
        public string Lsn { get; set; } = "";

        /// <summary>How long it took; null where that is not known.</summary>
        public double? TookSeconds { get; set; }

        /// <summary>What brought it about; null where the engine did.</summary>
        public Operation? Operation { get; set; }

        /// <summary>What was seen and done.</summary>
        public string Evidence { get; set; } = "";
    }
}
