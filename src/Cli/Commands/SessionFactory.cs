using System.CommandLine;
using Agents.Cli.Api;

namespace Agents.Cli.Commands;

/// <summary>Opens sessions from what was said on the command line and in the environment.</summary>
internal sealed class SessionFactory(CliEnvironment environment, GlobalOptions options)
{
    /// <summary>The variable with the server.</summary>
    public const string ServerVariable = "AGENTS_SERVER";

    /// <summary>A controller on this machine.</summary>
    public const string DefaultServer = "http://127.0.0.1:8080";

    /// <summary>Opens a session.</summary>
    public Session Open(ParseResult parse)
    {
        var server = ServerOf(parse.GetValue(options.Server) ?? environment.Variable(ServerVariable) ?? DefaultServer);
        var token = TokenSource.Find(parse.GetValue(options.TokenFile), environment.Variable);
        var api = new ApiClient(server, token.Token, environment.AnswerTime);
        var session = new Session(environment, api, token, parse.GetValue(options.Output), parse.GetValue(options.Project));
        if (server.Scheme == Uri.UriSchemeHttp && !server.IsLoopback)
            session.Screen.Hint($"warning: the token travels to {server.Host} in clear text: use https");
        return session;
    }

    private static Uri ServerOf(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            throw new WrongUseException($"\"{Text.Plain(text)}\" is no address of a server: write it as {DefaultServer} or https://controller.example");
        if (uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
            throw new WrongUseException($"the address of the server has a scheme, a name and a port only: write it as {uri.Scheme}://{uri.Authority}");
        return uri;
    }
}
