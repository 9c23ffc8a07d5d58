namespace Agents.Agent.Hosts;

/// <summary>
/// Notices that Docker's rules were flushed, as by a firewall that was loaded anew: published ports are dead then, and nothing else says why. Only what was seen before is
/// missed, since an engine may be told to leave the packet filter alone. Looks at most every 30 s; safe for concurrent use.
/// </summary>
internal sealed class FirewallWatch(IFirewall firewall, TimeProvider timeProvider) : IDisposable
{
    /// <summary>What is said of a host whose rules are gone.</summary>
    public const string Warning = "Docker's rules are gone from the firewall (iptables -t nat): published ports may be dead; \"systemctl restart docker\" writes them again";

    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1);
    private long? _lookedAt;
    private bool _wasSeen;
    private bool _isGone;

    /// <summary>Whether the rules were there and are not any more.</summary>
    public async Task<bool> AreRulesGoneAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_lookedAt is { } last && timeProvider.GetElapsedTime(last) < s_period)
                return _isGone;
            var found = await firewall.HasDockerRulesAsync(cancellationToken);
            _lookedAt = timeProvider.GetTimestamp();
            _wasSeen |= found == true;
            return _isGone = _wasSeen && found == false;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
