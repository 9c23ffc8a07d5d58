namespace Agents.Agent.Engines.Patroni;

/// <summary>Patroni answers, but does not do what it was asked for; the message is its own words.</summary>
internal sealed class PatroniRefusedException(string words) : Exception(words);
