namespace Agents.Agent.Instances;

/// <summary>The highest ticket of one controller that was obeyed.</summary>
internal sealed record ControllerTicket(string ControllerId, CommandTicket Ticket);
