using System.Globalization;
using Agents.Controller.Api.Rest.Json;
using Agents.Controller.Application;
using Agents.Domain.Model;
using Google.Protobuf;

namespace Agents.Controller.Api.Rest;

/// <summary>One request, read strictly by the contract of its endpoint: what is unknown or malformed is refused with its path.</summary>
internal sealed class RestCall(HttpContext context, RestContract contract) : RestCallContext(context)
{
    private const int WaitSecondsMax = 60;

    /// <summary>Who calls.</summary>
    public Caller Caller => Invariant.NotNull(Context.Features.Get<Caller>(), "the gate admits every call of an endpoint with a role");

    /// <summary>Cancelled when the client goes away.</summary>
    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>The id or name in the path.</summary>
    public string Id => (string)Context.Request.RouteValues["id"]!;

    /// <summary>The header Idempotency-Key; empty for none.</summary>
    public string RequestId => Context.Request.Headers["Idempotency-Key"].ToString();

    /// <summary>The etag of the header If-Match; empty for none and for "*".</summary>
    public string IfMatch
    {
        get
        {
            var header = Context.Request.Headers.IfMatch.ToString();
            return header is "" or "*" ? "" : header.Trim('"');
        }
    }

    /// <summary>The etag of the header If-Match. Refused when there is none.</summary>
    public string RequiredIfMatch => IfMatch.Length > 0 ? IfMatch : throw Refusals.EtagMissing();

    /// <summary>How long the client likes to wait for the end of an operation (Prefer: wait=N); zero when it does not.</summary>
    public TimeSpan Wait
    {
        get
        {
            var preference = Context.Request.Headers["Prefer"].SelectMany(header => (header ?? "").Split(',')).Select(part => part.Trim())
                .FirstOrDefault(part => part.StartsWith("wait=", StringComparison.OrdinalIgnoreCase));
            return int.TryParse(preference?["wait=".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? TimeSpan.FromSeconds(Math.Min(seconds, WaitSecondsMax))
                : TimeSpan.Zero;
        }
    }

    /// <summary>Refuses parameters of the query that the endpoint does not know.</summary>
    public void CheckQuery()
    {
        var known = contract.Query.Count == 0 ? "there are none here" : $"known are: {string.Join(", ", contract.Query)}";
        Refusals.ThrowIfAny(Context.Request.Query.Keys.Where(name => !contract.Query.Contains(name)).Select(name => new Violation($"?{name}", $"there is no such parameter; {known}")));
        Refusals.ThrowIfAny(Context.Request.Query.Where(pair => pair.Value.Count > 1).Select(pair => new Violation($"?{pair.Key}", "this parameter is given twice")));
    }

    /// <summary>Text of the query; empty for none.</summary>
    public string Text(string name) => Context.Request.Query[name].ToString();

    /// <summary>Yes or no of the query; no when it is not there.</summary>
    public bool Flag(string name) => Given(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw Refusals.Invalid($"?{name}", "use true or false"),
    };

    /// <summary>A whole number of the query; 0 when it is not there.</summary>
    public int Number(string name)
    {
        if (Given(name) is not { } text)
            return 0;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Refusals.Invalid($"?{name}", "use a whole number");
    }

    // A parameter without a value says neither yes nor how many: a script whose variable was empty is told, and not answered with something else.
    private string? Given(string name) => Context.Request.Query.ContainsKey(name) ? Text(name) : null;

    /// <summary>The body.</summary>
    public async Task<T> BodyAsync<T>()
        where T : IMessage, new()
    {
        var message = new T();
        await ReadBodyAsync(message);
        return message;
    }

    /// <summary>Reads the body into a message.</summary>
    public async Task ReadBodyAsync(IMessage message)
    {
        using var buffer = new MemoryStream();
        await Context.Request.Body.CopyToAsync(buffer, Aborted);
        Refusals.ThrowIfAny(ProtoJsonReader.Read(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), message, contract.BodyFields));
    }

    /// <summary>Answers with a message.</summary>
    public Task AnswerAsync(IMessage message, int? status = null)
    {
        Context.Response.StatusCode = status ?? contract.Status;
        return RestAnswers.WriteAsync(Context.Response, message, Aborted);
    }
}
