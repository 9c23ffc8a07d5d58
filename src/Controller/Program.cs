using Agents.Controller;
using Agents.Controller.Configuration;
using Agents.Controller.Links;
using Agents.Controller.Stores;
using Agents.Protocol.Configuration;

const int ConfigurationError = 2;

try
{
    var arguments = ControllerConfiguration.Source.Parse(args);
    if (arguments.ShowHelp || arguments.ShowVersion)
    {
        Console.Out.WriteLine(arguments.ShowHelp ? ControllerConfiguration.Source.Usage : ControllerVersion.Text);
        return 0;
    }

    var settings = ControllerConfiguration.Load(arguments);
    using var held = DataDirectoryLock.Take(settings.DataDirectory);
    await using var application = await ControllerApplication.BuildAsync(settings, replace: null, CancellationToken.None);
    await application.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is ConfigurationException or SchemaTooNewException or StoreUnavailableException or InvalidDataException)
{
    Console.Error.WriteLine(exception.Message);
    return ConfigurationError;
}
catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    Console.Error.WriteLine(exception.Message);
    return ConfigurationError;
}
