using Agents.Cli.Model;

namespace Agents.Cli.Waiting;

/// <summary>Is told of an operation while it is watched.</summary>
internal interface IWatchView
{
    /// <summary>The operation as it is now.</summary>
    void Show(Operation operation);

    /// <summary>The server is away for a while; the reason is a few words.</summary>
    void ShowAway(string reason);
}
