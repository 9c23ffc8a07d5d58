namespace Agents.Controller.Links;

/// <summary>Marks connections of the agents' port, and requests on them: only methods for agents are served there, and methods for agents only there.</summary>
internal interface IAgentPortFeature;
