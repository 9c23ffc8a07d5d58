using Agents.Controller.Configuration;
using Agents.Testing;
using Microsoft.Extensions.Logging;

namespace Agents.Controller.Tests.Configuration;

public sealed class ControllerConfigurationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Load_NothingSaid_HasSafeDefaults()
    {
        var settings = Load(File("{}"));

        Assert.Equal("/var/lib/agents-controller", settings.DataDirectory);
        Assert.Equal("0.0.0.0:7443", settings.Agents.ToString());
        Assert.Equal("127.0.0.1:8080", settings.Api.Rest.ToString());
        Assert.Equal("127.0.0.1:8081", settings.Api.Grpc.ToString());
        Assert.Equal("", settings.ImagesDirectory);
        Assert.Equal(LogLevel.Information, settings.LogLevel);
        Assert.Equal("/var/lib/agents-controller/admin.token", settings.AdminTokenFile);
    }

    [Fact]
    public void Load_FileAndFlags_FlagsWin()
    {
        var file = File("""{"rest_address":"127.0.0.1:1","grpc_address":"[::1]:2","allowed_hosts":["a"],"log_level":"debug","images_directory":"/images"}""");

        var settings = Load(file, "--rest-address", "127.0.0.1:3", "--data-directory=/data", "--allowed-host", "b");

        Assert.Equal("127.0.0.1:3", settings.Api.Rest.ToString());
        Assert.Equal("[::1]:2", settings.Api.Grpc.ToString());
        Assert.Equal("/data/state.db", settings.StoreFile);
        Assert.Equal("/images", settings.ImagesDirectory);
        Assert.Equal(LogLevel.Debug, settings.LogLevel);
        Assert.Contains("b", settings.Api.AllowedHosts);
    }

    [Fact]
    public void Load_EverythingWrong_NamesEveryKey()
    {
        var file = File("""{"rest_adress":"x","grpc_address":"localhost:1","agents_address":"10.0.0.1","log_level":"loud"}""");

        var exception = Assert.Throws<ConfigurationException>(() => Load(file));

        Assert.Equal(
            [
                "there is no key \"rest_adress\": known are data_directory, agents_address, rest_address, grpc_address, allowed_hosts, images_directory, log_level",
                "agents_address: use an IP address and a port, as 0.0.0.0:7443, not \"10.0.0.1\"",
                "grpc_address: use an IP address and a port, as 127.0.0.1:8081, not \"localhost:1\"",
                "log_level: use one of trace, debug, information, warning, error, critical, none, not \"loud\"",
            ],
            exception.Message.Split('\n'));
    }

    [Theory]
    [InlineData("there is no flag --port: see --help", "--port", "1")]
    [InlineData("--rest-address needs a value: see --help", "--rest-address")]
    public void Parse_BadArguments_SaySo(string message, params string[] arguments) =>
        Assert.Equal(message, Assert.Throws<ConfigurationException>(() => CommandLineArguments.Parse(arguments)).Message);

    [Fact]
    public void Parse_HelpAndVersion_AskForNothingElse()
    {
        Assert.True(CommandLineArguments.Parse(["--help"]).ShowHelp);
        Assert.True(CommandLineArguments.Parse(["--version"]).ShowVersion);
        Assert.Contains("--images-directory VALUE", CommandLineArguments.Usage, StringComparison.Ordinal);
        Assert.Contains("--allowed-host NAME (repeatable)", CommandLineArguments.Usage, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoOrBrokenFile_NamesIt()
    {
        var broken = File("{");

        Assert.Contains("there is no configuration file", Assert.Throws<ConfigurationException>(() => Load(_directory.File("none.json"))).Message, StringComparison.Ordinal);
        Assert.StartsWith(broken, Assert.Throws<ConfigurationException>(() => Load(broken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_HeldAlready_IsRefused()
    {
        var path = _directory.File("data");
        using var held = DataDirectoryLock.Take(path);

        Assert.Contains("another controller may use it", Assert.Throws<ConfigurationException>(() => DataDirectoryLock.Take(path)).Message, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(path));
    }

    private static ControllerSettings Load(string file, params string[] arguments) => ControllerConfiguration.Load(CommandLineArguments.Parse(["--config", file, .. arguments]));

    private string File(string text)
    {
        var path = _directory.File("controller.json");
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
