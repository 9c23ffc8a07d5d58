using System.Globalization;
using Agents.Compat.Tests.Protos;
using Grpc.Core;

namespace Agents.Compat.Tests.Runtimes;

/// <summary>How calls fail.</summary>
public sealed class StatusTests
{
    public static TheoryData<StatusCode> Failures => [.. Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK)];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Unary_ServerThrows_CodeDetailAndTrailersArrive(StatusCode code)
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);

        using var call = client.UnaryAsync(new EchoMessage(), FailWith(code));
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call);

        Assert.Equal(code, exception.StatusCode);
        Assert.Equal("told to fail: ümläut", exception.Status.Detail);
        Assert.Equal("told", exception.Trailers.GetValue("reason"));
        Assert.Equal(code, call.GetStatus().StatusCode);
        Assert.Equal("told", call.GetTrailers().GetValue("reason"));
    }

    [Fact]
    public async Task ClientStreaming_ServerThrows_ResponseFails()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);

        using var call = client.ClientStreaming(FailWith(StatusCode.Aborted));
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call);

        Assert.Equal(StatusCode.Aborted, exception.StatusCode);
        Assert.Equal(StatusCode.Aborted, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Duplex_ServerThrows_ReadingFails()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);

        using var call = client.Duplex(FailWith(StatusCode.DataLoss));
        var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.DataLoss, exception.StatusCode);
    }

    [Fact]
    public async Task Unary_NobodyListens_IsUnavailable()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);
        await server.StopAsync();

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await client.UnaryAsync(new EchoMessage()));

        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.NotNull(exception.Status.DebugException);
        Assert.Same(exception.Status.DebugException, exception.InnerException);
    }

    private static Metadata FailWith(StatusCode code) => new() { { EchoHeaders.FailWith, ((int)code).ToString(CultureInfo.InvariantCulture) } };
}
