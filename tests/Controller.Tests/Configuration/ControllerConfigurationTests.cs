using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agents.Controller.Configuration;
using Agents.Protocol.Configuration;
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
        Assert.Equal(["a", "b"], settings.Api.AllowedHosts.ToArray());
    }

    [Fact]
    public void Load_EverythingWrong_NamesEveryKey()
    {
        var form = Assert.Throws<ConfigurationException>(() => Load(File("""{"rest_adress":"x","data_directory":{"a":"b"},"allowed_hosts":"x","insecure_user_api":"perhaps"}""")));
        var meaning = Assert.Throws<ConfigurationException>(() => Load(File("""{"grpc_address":"localhost:1","agents_address":"10.0.0.1","log_level":"loud","tls_key":"/key"}""")));

        Assert.Equal(
            [
                "'allowed_hosts' must be a list of texts.",
                "'data_directory' must be a text.",
                "'insecure_user_api' must be true or false, not 'perhaps'.",
                "The key 'rest_adress' is unknown. Known keys: data_directory, agents_address, rest_address, grpc_address, tls_address, tls_certificate, tls_key, insecure_user_api, "
                    + "allowed_hosts, images_directory, log_level.",
            ],
            form.Message.Split('\n'));
        Assert.Equal(
            [
                "'agents_address' must be an IP address and a port, as 127.0.0.1:8080, not '10.0.0.1'.",
                "'grpc_address' must be an IP address and a port, as 127.0.0.1:8080, not 'localhost:1'.",
                "'tls_certificate' and 'tls_key' belong together: set both, each to a PEM file.",
                "'log_level' must be one of trace, debug, information, warning, error, critical, none, not 'loud'.",
            ],
            meaning.Message.Split('\n'));
    }

    [Theory]
    [InlineData("--rest-address", "0.0.0.0:8080")]
    [InlineData("--grpc-address", "10.0.0.5:8081")]
    [InlineData("--rest-address", "[::]:8080")]
    public void Load_UsersOffLoopbackWithoutTls_NeedsTheWord(string flag, string address)
    {
        var exception = Assert.Throws<ConfigurationException>(() => Load(File("{}"), flag, address));

        Assert.Contains("clear text", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'insecure_user_api'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(address, AddressesOf(Load(File("{}"), flag, address, "--insecure-user-api")));
        Assert.Contains(address, AddressesOf(Load(File("{}"), "--insecure-user-api=true", flag, address)));
        Assert.Throws<ConfigurationException>(() => Load(File("{}"), flag, address, "--insecure-user-api=false"));
    }

    [Fact]
    public void Load_Tls_NeedsFilesThatBelongTogether()
    {
        var (certificate, key) = WriteCertificate("a");
        var (_, otherKey) = WriteCertificate("b");

        var settings = Load(File("{}"), "--tls-certificate", certificate, "--tls-key", key);

        Assert.Equal(("0.0.0.0:8443", certificate, key), (settings.Api.Tls!.EndPoint.ToString(), settings.Api.Tls.CertificateFile, settings.Api.Tls.KeyFile));
        Assert.Throws<ConfigurationException>(() => Load(File("{}"), "--tls-certificate", certificate, "--tls-key", key, "--rest-address", "0.0.0.0:8080"));
        foreach (var wrong in new[] { otherKey, _directory.File("none"), certificate })
            Assert.Contains("cannot be used", Assert.Throws<ConfigurationException>(() => Load(File("{}"), "--tls-certificate", certificate, "--tls-key", wrong)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The flag '--port' is unknown. See --help.", "--port", "1")]
    [InlineData("'--rest-address' needs a value. See --help.", "--rest-address")]
    public void Parse_BadArguments_SaySo(string message, params string[] arguments) =>
        Assert.Equal(message, Assert.Throws<ConfigurationException>(() => ControllerConfiguration.Source.Parse(arguments)).Message);

    [Fact]
    public void Parse_HelpAndVersion_AskForNothingElse()
    {
        Assert.True(ControllerConfiguration.Source.Parse(["--help"]).ShowHelp);
        Assert.True(ControllerConfiguration.Source.Parse(["--version"]).ShowVersion);
        Assert.Contains("--images-directory VALUE", ControllerConfiguration.Source.Usage, StringComparison.Ordinal);
        Assert.Contains("--allowed-host VALUE (repeatable)", ControllerConfiguration.Source.Usage, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoOrBrokenFile_NamesIt()
    {
        var broken = File("{");

        Assert.Contains("does not exist", Assert.Throws<ConfigurationException>(() => Load(_directory.File("none.json"))).Message, StringComparison.Ordinal);
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

    [Fact]
    public void Take_DirectoryThatOthersMayReadOrWrite_IsClosedOrRefused()
    {
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var (read, written) = (Directory.CreateDirectory(_directory.File("read")).FullName, Directory.CreateDirectory(_directory.File("written")).FullName);
        System.IO.File.SetUnixFileMode(read, own | UnixFileMode.GroupRead | UnixFileMode.OtherExecute);
        System.IO.File.SetUnixFileMode(written, own | UnixFileMode.GroupWrite);

        DataDirectoryLock.Take(read).Dispose();

        Assert.Equal(own, System.IO.File.GetUnixFileMode(read));
        Assert.Contains("others may write", Assert.Throws<ConfigurationException>(() => DataDirectoryLock.Take(written)).Message, StringComparison.Ordinal);
    }

    private static ControllerSettings Load(string file, params string[] arguments) => ControllerConfiguration.Load(ControllerConfiguration.Source.Parse(["--config", file, .. arguments]));

    private static string[] AddressesOf(ControllerSettings settings) => [settings.Api.Rest.ToString(), settings.Api.Grpc.ToString()];

    private (string Certificate, string Key) WriteCertificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(A.Time, A.Time.AddYears(1));
        var files = (Certificate: _directory.File($"{name}.crt"), Key: _directory.File($"{name}.key"));
        System.IO.File.WriteAllText(files.Certificate, certificate.ExportCertificatePem());
        System.IO.File.WriteAllText(files.Key, key.ExportPkcs8PrivateKeyPem());
        return files;
    }

    private string File(string text)
    {
        var path = _directory.File("controller.json");
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
