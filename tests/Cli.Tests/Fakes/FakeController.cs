using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Agents.Cli.Tests.Fakes;

/// <summary>
/// A controller's REST interface over real HTTP. It obeys the rules of the real one: a token is needed, changes carry a request id, bodies are JSON and said to be,
/// what is not there is a problem document, and streams of events begin with a snapshot. It can be stopped and started again on the same port with its state.
/// </summary>
internal sealed class FakeController : IAsyncDisposable
{
    /// <summary>The token that it accepts.</summary>
    public const string Token = "admin-token";

    private readonly ConcurrentDictionary<string, (int Status, string Json)> _answers = new();
    private readonly ConcurrentDictionary<string, FakeOperation> _operations = new();
    private WebApplication? _application;

    /// <summary>Its address.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>The requests in order.</summary>
    public ConcurrentQueue<FakeRequest> Requests { get; } = [];

    /// <summary>The last request.</summary>
    public FakeRequest LastRequest => Requests.Last();

    /// <summary>The <c>Last-Event-ID</c> of each stream that was opened.</summary>
    public ConcurrentQueue<string> LastEventIds { get; } = [];

    /// <summary>What happens to requests before they are answered; nothing when null.</summary>
    public Func<HttpContext, Task>? Disturb { get; set; }

    /// <summary>Starts one.</summary>
    public static async Task<FakeController> StartAsync()
    {
        var controller = new FakeController();
        await controller.StartAgainAsync();
        return controller;
    }

    /// <summary>Starts it, on the port that it had before if it had one.</summary>
    public async Task StartAgainAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, Address.Port));
        builder.Services.AddSingleton<ILoggerFactory>(LoggerFactory.Create(_ => { }));
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(1));
        var application = builder.Build();
        application.Run(HandleAsync);
        await application.StartAsync();
        _application = application;
        Address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Stops it in the middle of whatever it does.</summary>
    public async Task StopAsync()
    {
        if (_application is { } application)
            await application.DisposeAsync();
        _application = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>What it answers to a request, named as "GET /api/v1/hosts" with or without the query.</summary>
    public void Answer(string request, string json, int status = 200) => _answers[request] = (status, json);

    /// <summary>An operation whose events can be watched.</summary>
    public FakeOperation AddOperation(string id) => _operations.GetOrAdd(id, _ => new FakeOperation());

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new FakeRequest(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            await reader.ReadToEndAsync(),
            context.Request.Headers["Idempotency-Key"].ToString());
        Requests.Enqueue(request);
        if (Disturb is { } disturb)
            await disturb(context);
        if (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
            await AnswerAsync(context, request);
    }

    private async Task AnswerAsync(HttpContext context, FakeRequest request)
    {
        var isChange = request.Method != "GET";
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
            await WriteAsync(context, 401, Problem.Of("A token is needed", "UNAUTHENTICATED", "the token is not known: use another"));
        else if (isChange && request.RequestId.Length == 0)
            await WriteAsync(context, 400, Problem.Of("The request is not valid", "INVALID_ARGUMENT", "this client always gives an Idempotency-Key"));
        else if (request.Body.Length > 0 && (!context.Request.HasJsonContentType() || !IsObject(request.Body)))
            await WriteAsync(context, 415, Problem.Of("Not that content type", "INVALID_ARGUMENT", "send the body as Content-Type: application/json"));
        else if (OperationOf(context.Request.Path) is { } operation)
            await WriteEventsAsync(context, operation);
        else if (_answers.TryGetValue($"{request.Method} {request.Path}", out var answer) || _answers.TryGetValue($"{request.Method} {context.Request.Path}", out answer))
            await WriteAsync(context, answer.Status, answer.Json);
        else
            await WriteAsync(context, 404, Problem.Of("Not found", "NOT_FOUND", $"there is nothing at {request.Path}"));
    }

    private static bool IsObject(string body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.ValueKind == JsonValueKind.Object;
    }

    private FakeOperation? OperationOf(PathString path) =>
        path.Value!.Split('/') is ["", "api", "v1", "operations", var id, "events"] && _operations.TryGetValue(id, out var operation) ? operation : null;

    private async Task WriteEventsAsync(HttpContext context, FakeOperation operation)
    {
        LastEventIds.Enqueue(context.Request.Headers["Last-Event-ID"].ToString());
        context.Response.ContentType = "text/event-stream";
        var name = "snapshot";
        await foreach (var (sequence, json) in operation.WatchAsync(context.RequestAborted))
        {
            var text = json.Length == 0 ? "event: ping\ndata: {}\n\n" : $"id: {sequence}\nevent: {name}\ndata: {json}\n\n";
            await context.Response.WriteAsync(text, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            name = "change";
        }
        await context.Response.WriteAsync("event: end\ndata: {}\n\n", context.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = status < 400 ? "application/json" : "application/problem+json";
        if (status != 204)
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(json));
    }
}
