using System.Text;
using Agents.Agent.Engines.Haproxy;
using Agents.Agent.Instances;

namespace Agents.Agent.Tests.Engines;

/// <summary>
/// A proxy in memory that keeps the real one's rules: a worker has the states that the file had when it began, another one begins some questions after the signal, and until then the old one answers.
/// </summary>
internal sealed class FakeHaproxy(Func<Task<byte[]>> readFile) : IHaproxyRuntime
{
    private const int AnswersOfTheOldWorker = 3;
    private int _worker = 7;
    private int _answersLeft;
    private string _next = "";

    /// <summary>How the worker that answers takes its servers to be.</summary>
    public string States { get; set; } = "";

    /// <summary>Whether nobody answers.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Whether it cannot read its configuration: the old worker goes on then.</summary>
    public bool IsMisconfigured { get; set; }

    /// <summary>What it was told.</summary>
    public List<ServerHealth> Told { get; } = [];

    /// <summary>Takes the signal.</summary>
    public async Task ReloadAsync()
    {
        if (IsMisconfigured)
            return;
        _next = Encoding.UTF8.GetString(await readFile());
        _answersLeft = AnswersOfTheOldWorker;
    }

    /// <inheritdoc/>
    public Task SetHealthAsync(LocalInstance proxy, IEnumerable<ServerHealth> servers, CancellationToken cancellationToken) => AnswerAsync(() =>
    {
        Told.AddRange(servers);
        return true;
    });

    /// <inheritdoc/>
    public Task<string> ReadStatesAsync(LocalInstance proxy, CancellationToken cancellationToken) => AnswerAsync(() => States);

    /// <inheritdoc/>
    public Task<int> FindWorkerAsync(LocalInstance proxy, CancellationToken cancellationToken) => AnswerAsync(() => _worker);

    private Task<T> AnswerAsync<T>(Func<T> answer)
    {
        if (IsSilent)
            return Task.FromException<T>(new HaproxyUnreachableException("nobody answers"));
        if (_answersLeft > 0 && --_answersLeft == 0)
            (_worker, States) = (_worker + 1, _next);
        return Task.FromResult(answer());
    }
}
