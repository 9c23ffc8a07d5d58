namespace Agents.Cli.Tests.Fakes;

/// <summary>A request as the server saw it.</summary>
internal sealed record FakeRequest(string Method, string Path, string Body, string RequestId);
