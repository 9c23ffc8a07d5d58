using Agents.Agent;
using Agents.Agent.Configuration;
using Agents.Agent.Kernel;
using Agents.Agent.LocalSocket;
using Agents.Protocol.Configuration;

const int ConfigurationError = 2;
const uint OwnerOnly = 0b000_111_111;

try
{
    var arguments = AgentConfiguration.Source.Parse(args);
    if (arguments.ShowHelp || arguments.ShowVersion)
    {
        Console.Out.WriteLine(arguments.ShowHelp ? AgentConfiguration.Source.Usage : AgentProcess.Version);
        return 0;
    }

    _ = Libc.Umask(OwnerOnly); // Whatever this process writes is its owner's alone, the local socket included.
    var settings = AgentConfiguration.Load(arguments, new KernelHostAddresses());
    using var held = DataDirectoryLock.Take(settings.DataDirectory);
    EnrollmentCheck.Require(settings);
    await using var application = AgentApplication.Build(settings);
    await application.RunAsync();
    return 0;
}
catch (ConfigurationException exception)
{
    Console.Error.WriteLine(exception.Message);
    return ConfigurationError;
}
