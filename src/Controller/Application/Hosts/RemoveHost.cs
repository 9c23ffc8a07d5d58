namespace Agents.Controller.Application.Hosts;

/// <summary>Asks for a host to be removed.</summary>
/// <param name="Project">The project; the default one when empty.</param>
/// <param name="Id">The id or name.</param>
/// <param name="Force">The host's name once more, when it goes with its instances; else empty.</param>
/// <param name="Reason">Why; empty for none.</param>
internal sealed record RemoveHost(string Project, string Id, string Force, string Reason);
