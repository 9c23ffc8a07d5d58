using System.Net;
using Agents.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Agents.Agent.Tests.Docker;

/// <summary>An engine's socket that answers as a test says: for what real engines do too rarely.</summary>
internal sealed class ScriptedEngine : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ScriptedEngine(WebApplication application) => _application = application;

    /// <summary>The versions that it speaks.</summary>
    public (string Oldest, string Newest) Versions { get; set; } = ("1.12", "1.41");

    /// <summary>What it answers to GET /info.</summary>
    public (HttpStatusCode Status, string Body) Answer { get; set; } = (HttpStatusCode.OK, """{ "ServerVersion": "20.10" }""");

    /// <summary>How it answers further calls; as <see cref="Answer"/> says when null.</summary>
    public Func<HttpContext, Task>? Respond { get; set; }

    /// <summary>The paths that were asked for.</summary>
    public List<string> Paths { get; } = [];

    /// <summary>The query of the last call.</summary>
    public string LastQuery { get; private set; } = "";

    /// <summary>Listens.</summary>
    public static async Task<ScriptedEngine> StartAsync(string socket)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket));
        var engine = new ScriptedEngine(builder.Build());
        engine._application.Run(engine.AnswerAsync);
        await engine._application.StartAsync().DefaultTimeout();
        return engine;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Paths.Add(context.Request.Path);
        LastQuery = context.Request.QueryString.Value ?? "";
        if (context.Request.Path == "/version")
        {
            await context.Response.WriteAsync($$"""{ "Version": "x", "ApiVersion": "{{Versions.Newest}}", "MinAPIVersion": "{{Versions.Oldest}}" }""");
            return;
        }

        var asked = context.Request.Path.Value!.Split('/')[1].TrimStart('v');
        if (string.CompareOrdinal(asked, Versions.Oldest) < 0)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync($$"""{ "message": "client version {{asked}} is too old. Minimum supported API version is {{Versions.Oldest}}" }""");
            return;
        }

        if (Respond is { } respond)
        {
            await respond(context);
            return;
        }

        context.Response.StatusCode = (int)Answer.Status;
        await context.Response.WriteAsync(Answer.Body);
    }
}
