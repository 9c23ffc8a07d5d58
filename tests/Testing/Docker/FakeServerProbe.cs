using Agents.Agent.Instances;
using Agents.Agent.Postgres;

namespace Agents.Testing.Docker;

/// <summary>Servers that answer as a test says.</summary>
internal sealed class FakeServerProbe : IServerProbe
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<PostgresAnswer> _open = new();
    private PostgresAnswer _answer = PostgresAnswer.Busy;

    /// <summary>What all of them answer; for none the question stays open until it is something else.</summary>
    public PostgresAnswer Answer
    {
        get
        {
            lock (_lock)
                return _answer;
        }

        set
        {
            lock (_lock)
            {
                _answer = value;
                _open.TrySetResult(PostgresAnswer.None);
                _open = new TaskCompletionSource<PostgresAnswer>();
            }
        }
    }

    /// <summary>How often one was asked.</summary>
    public int Asked { get; private set; }

    /// <inheritdoc/>
    public Task<PostgresAnswer> AskAsync(LocalInstance instance, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Asked++;
            return _answer == PostgresAnswer.None ? _open.Task.WaitAsync(cancellationToken) : Task.FromResult(_answer);
        }
    }
}
