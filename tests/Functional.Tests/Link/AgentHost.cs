using Agents.Agent.Identity;
using Agents.Agent.Link;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Agents.Functional.Tests.Link;

/// <summary>The link and the identity of an agent, with services that do nothing to a host.</summary>
internal sealed class AgentHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private AgentHost(WebApplication application) => _application = application;

    /// <summary>What it logged.</summary>
    public RecordingLogger Log { get; private init; } = new();

    /// <summary>What tests change in it.</summary>
    public TestAgentBehaviour Behaviour { get; private init; } = new();

    /// <summary>Starts an agent whose identity is in a directory: starting it again there is a restart.</summary>
    public static async Task<AgentHost> StartAsync(
        string directory, ControllerAddress controller, string? joinToken, string bootId = "boot-1", string? processId = null, string name = "host-1", string? socket = null,
        TimeProvider? timeProvider = null)
    {
        var log = new RecordingLogger();
        var behaviour = new TestAgentBehaviour();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton(timeProvider ?? TimeProvider.System);
        builder.Services.AddSingleton(behaviour);
        builder.Services.AddIdentity(new IdentityOptions
        {
            Controller = controller,
            JoinToken = joinToken,
            Directory = Path.Combine(directory, "identity"),
            Declaration = Declarations.Of(name),
        });
        builder.Services.AddLink(new ProcessIdentity(bootId, processId ?? Guid.NewGuid().ToString("D"), "1.2.3"));
        builder.Services.AddGrpc(options => options.UseLinkRules());
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.UseLink(controller);
            if (socket is not null)
                kestrel.ListenUnixSocket(socket, listen => listen.Protocols = Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http2);
        });
        var application = builder.Build();
        application.MapGrpcService<TestHostService>();
        application.MapGrpcService<TestDuplex>();
        await application.StartAsync();
        return new AgentHost(application) { Log = log, Behaviour = behaviour };
    }

    /// <summary>Its identity, once it has one.</summary>
    public Task<AgentIdentity> IdentityAsync() => _application.Services.GetRequiredService<IIdentitySource>().GetAsync(CancellationToken.None);

    /// <summary>Stops it as a signal would.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
    }
}
