namespace Agents.Agent.Instances;

/// <summary>What an engine needs around the signal by which it reads its configuration again.</summary>
internal interface IReloader
{
    /// <summary>Sends a signal to an instance's container by <paramref name="send"/>, once, with what is to be done before and after it. Only within the instance's lock.</summary>
    Task SendAsync(InstanceSlot slot, LocalInstance instance, string signal, Func<Task> send, CancellationToken cancellationToken);
}
