using Agents.Cli;

return await new CommandLine(CliEnvironment.OfProcess()).RunAsync(args, CancellationToken.None);
