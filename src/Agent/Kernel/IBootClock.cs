namespace Agents.Agent.Kernel;

/// <summary>A clock that nobody can set: it counts from the kernel's boot, sleep included. Two readings compare only under one boot id.</summary>
internal interface IBootClock
{
    /// <summary>The kernel's boot id.</summary>
    string BootId { get; }

    /// <summary>Time since the boot.</summary>
    TimeSpan SinceBoot { get; }
}
