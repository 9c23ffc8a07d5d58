namespace Agents.Testing;

/// <summary>The limit of every wait in tests: far above what is normal on a loaded machine, far below what a stuck test run costs.</summary>
internal static class Waiting
{
    /// <summary>The limit.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Ends with the task, or throws after the limit.</summary>
    public static Task DefaultTimeout(this Task task) => task.WaitAsync(Limit);

    /// <summary>Ends with the task, or throws after the limit.</summary>
    public static Task<T> DefaultTimeout<T>(this Task<T> task) => task.WaitAsync(Limit);
}
