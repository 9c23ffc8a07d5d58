namespace Agents.Controller.Application;

/// <summary>Carries a <see cref="Refusal"/> out of a use case; thrown in a transaction it also undoes it. The facades turn it into a status or a problem.</summary>
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Message)
{
    /// <summary>The refusal.</summary>
    public Refusal Refusal { get; } = refusal;
}
