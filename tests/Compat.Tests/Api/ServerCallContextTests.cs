using Grpc.Core;
using Grpc.Core.Testing;

namespace Agents.Compat.Tests.Api;

/// <summary>A call's context as Grpc.Core.Testing makes it, without a runtime.</summary>
public sealed class ServerCallContextTests : IDisposable
{
    private static readonly DateTime Deadline = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Metadata _requestHeaders = [];
    private readonly CancellationTokenSource _source = new();
    private readonly AuthContext _authContext = new(null, []);
    private Metadata? _responseHeaders;
    private WriteOptions? _writeOptions;

    [Fact]
    public async Task Members_OfATestContext_AreThoseGiven()
    {
        var context = Create();

        context.Status = new Status(StatusCode.Aborted, "changed");
        context.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
        await context.WriteResponseHeadersAsync(new Metadata { { "key", "value" } });

        Assert.Equal(("/pkg.Service/Do", "host", "peer"), (context.Method, context.Host, context.Peer));
        Assert.Equal(Deadline, context.Deadline);
        Assert.Same(_requestHeaders, context.RequestHeaders);
        Assert.Equal(_source.Token, context.CancellationToken);
        Assert.Same(_authContext, context.AuthContext);
        Assert.Empty(context.ResponseTrailers);
        Assert.Equal(StatusCode.Aborted, context.Status.StatusCode);
        Assert.Same(_writeOptions, context.WriteOptions);
        Assert.Equal("value", _responseHeaders!.GetValue("key"));
        Assert.Null(context.CreatePropagationToken());
    }

    [Fact]
    public void UserState_NotOverridden_IsOneDictionaryPerCall()
    {
        var context = Create();

        context.UserState["key"] = "value";

        Assert.Equal("value", context.UserState["key"]);
        Assert.Empty(Create().UserState);
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private ServerCallContext Create() => TestServerCallContext.Create(
        "/pkg.Service/Do", "host", Deadline, _requestHeaders, _source.Token, "peer", _authContext, contextPropagationToken: null,
        headers =>
        {
            _responseHeaders = headers;
            return Task.CompletedTask;
        },
        () => _writeOptions, options => _writeOptions = options);
}
