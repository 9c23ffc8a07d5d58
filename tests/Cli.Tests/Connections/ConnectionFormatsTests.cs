using System.Diagnostics;
using Agents.Cli.Connections;
using Agents.Cli.Model;
using Npgsql;

namespace Agents.Cli.Tests.Connections;

/// <summary>Connection strings, read back by what reads them.</summary>
public sealed class ConnectionFormatsTests
{
    private const string Password = "p'a;s s/w=%\"ö$HOME`id`";

    private static readonly ConnectionTarget _target = new()
    {
        Endpoints = [new ClusterStatus.Endpoint { Address = "10.89.0.11", Port = 20010 }, new ClusterStatus.Endpoint { Address = "fd00::12", Port = 20011 }],
        Database = "my app",
        User = "app@shop",
        Password = Password,
        IsReadWrite = true,
        CaFile = null,
    };

    [Fact]
    public void Npgsql_AllEndpoints_IsReadBackByNpgsql()
    {
        var builder = new NpgsqlConnectionStringBuilder(ConnectionFormats.Write("npgsql", _target));

        Assert.Equal("10.89.0.11:20010,[fd00::12]:20011", builder.Host);
        Assert.Equal("my app", builder.Database);
        Assert.Equal("app@shop", builder.Username);
        Assert.Equal(Password, builder.Password);
        Assert.Equal(SslMode.Require, builder.SslMode);
        Assert.Equal("read-write", builder.TargetSessionAttributes);
        Assert.Equal((ChannelBinding.Require, 5, true, 60), (builder.ChannelBinding, builder.Timeout, builder.TcpKeepAlive, builder.TcpKeepAliveTime));
    }

    [Fact]
    public void Npgsql_Authority_IsVerified()
    {
        var builder = new NpgsqlConnectionStringBuilder(ConnectionFormats.Write("npgsql", _target with { CaFile = "/tmp/my ca.pem", IsReadWrite = false }));

        Assert.Equal(SslMode.VerifyFull, builder.SslMode);
        Assert.Equal("/tmp/my ca.pem", builder.RootCertificate);
        Assert.Equal("any", builder.TargetSessionAttributes);
    }

    [Fact]
    public void Uri_AllEndpoints_IsReadBackPartByPart()
    {
        var (authority, path, query) = Split(ConnectionFormats.Write("uri", _target), "postgresql://");
        var credentials = authority[..authority.LastIndexOf('@')].Split(':');

        Assert.Equal("10.89.0.11:20010,[fd00::12]:20011", authority[(authority.LastIndexOf('@') + 1)..]);
        Assert.Equal(["app@shop", Password], credentials.Select(Uri.UnescapeDataString));
        Assert.Equal("my app", Uri.UnescapeDataString(path));
        Assert.Equal("read-write", query["target_session_attrs"]);
        Assert.Equal(("require", "require", "5", "60"), (query["sslmode"], query["channel_binding"], query["connect_timeout"], query["keepalives_idle"]));
    }

    [Fact]
    public void Uri_ReadOnlyWithAuthority_TakesAnyServerAndVerifies()
    {
        var (_, _, query) = Split(ConnectionFormats.Write("uri", _target with { CaFile = "/tmp/ca.pem", IsReadWrite = false }), "postgresql://");

        Assert.Equal(("verify-full", "/tmp/ca.pem", "any"), (query["sslmode"], query["sslrootcert"], query["target_session_attrs"]));
    }

    [Fact]
    public void Jdbc_AllEndpoints_IsReadBackPartByPart()
    {
        var (authority, path, query) = Split(ConnectionFormats.Write("jdbc", _target), "jdbc:postgresql://");

        Assert.Equal("10.89.0.11:20010,[fd00::12]:20011", authority);
        Assert.Equal("my app", Uri.UnescapeDataString(path));
        Assert.Equal(("app@shop", Password, "require", "primary"), (query["user"], query["password"], query["sslmode"], query["targetServerType"]));
        Assert.Equal(("require", "5", "true"), (query["channelBinding"], query["connectTimeout"], query["tcpKeepAlive"]));
    }

    [Fact]
    public void Jdbc_ReadOnlyWithAuthority_TakesAnyServerAndVerifies()
    {
        var (_, _, query) = Split(ConnectionFormats.Write("jdbc", _target with { CaFile = "/tmp/ca.pem", IsReadWrite = false }), "jdbc:postgresql://");

        Assert.Equal(("verify-full", "/tmp/ca.pem", "any"), (query["sslmode"], query["sslrootcert"], query["targetServerType"]));
    }

    [Fact]
    public async Task Env_EvaluatedByAShell_SetsWhatItSays()
    {
        var script = $"{ConnectionFormats.Write("env", _target with { CaFile = "/tmp/ca.pem" })}\n"
            + "printf '%s\\n' \"$PGHOST\" \"$PGPORT\" \"$PGDATABASE\" \"$PGUSER\" \"$PGPASSWORD\" \"$PGSSLMODE\" \"$PGSSLROOTCERT\" \"$PGTARGETSESSIONATTRS\" \"$PGCHANNELBINDING\" \"$PGCONNECT_TIMEOUT\"";
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await shell.StandardInput.WriteAsync(script);
        shell.StandardInput.Close();

        var lines = (await shell.StandardOutput.ReadToEndAsync().DefaultTimeout()).TrimEnd('\n').Split('\n');

        Assert.Equal(["10.89.0.11,fd00::12", "20010,20011", "my app", "app@shop", Password, "verify-full", "/tmp/ca.pem", "read-write", "require", "5"], lines);
    }

    [Fact]
    public void ToString_Secrets_AreNotShown()
    {
        Assert.DoesNotContain(Password, _target.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Password, new Credentials { Password = Password }.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", new CreatedJoinToken { Text = "secret" }.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", new Cli.Commands.TokenSource("secret", "a file").ToString(), StringComparison.Ordinal);
    }

    private static (string Authority, string Path, Dictionary<string, string> Query) Split(string text, string scheme)
    {
        Assert.StartsWith(scheme, text, StringComparison.Ordinal);
        var rest = text[scheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var mark = rest.IndexOf('?', StringComparison.Ordinal);
        var query = rest[(mark + 1)..].Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        return (rest[..slash], rest[(slash + 1)..mark], query);
    }
}
