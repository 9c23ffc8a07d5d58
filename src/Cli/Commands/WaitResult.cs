using Agents.Cli.Api;
using Agents.Cli.Model;

namespace Agents.Cli.Commands;

/// <summary>How a wait ended: with the operation as it ended, or without where the wait ended first.</summary>
internal sealed record WaitResult(ApiReply<Operation>? End, int ExitCode);
