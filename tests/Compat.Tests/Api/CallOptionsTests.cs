using Grpc.Core;

namespace Agents.Compat.Tests.Api;

/// <summary>Options of calls and of writes.</summary>
public sealed class CallOptionsTests
{
    [Fact]
    public void With_EachOption_ChangesACopy()
    {
        using var source = new CancellationTokenSource();
        var headers = new Metadata();
        var deadline = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var writeOptions = new WriteOptions(WriteFlags.NoCompress | WriteFlags.BufferHint);
        var credentials = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);
        var original = new CallOptions();

        var changed = original.WithHeaders(headers).WithDeadline(deadline).WithCancellationToken(source.Token).WithWriteOptions(writeOptions)
            .WithCredentials(credentials).WithPropagationToken(null!).WithWaitForReady();

        Assert.Same(headers, changed.Headers);
        Assert.Equal(deadline, changed.Deadline);
        Assert.Equal(source.Token, changed.CancellationToken);
        Assert.Same(writeOptions, changed.WriteOptions);
        Assert.Same(credentials, changed.Credentials);
        Assert.Null(changed.PropagationToken);
        Assert.True(changed.IsWaitForReady);
        Assert.False(changed.WithWaitForReady(false).IsWaitForReady);
        Assert.Equal(default, original);
    }

    [Fact]
    public void Constructor_EachOption_IsKept()
    {
        var headers = new Metadata();

        var options = new CallOptions(headers, DateTime.MaxValue, writeOptions: WriteOptions.Default);

        Assert.Same(headers, options.Headers);
        Assert.Equal(DateTime.MaxValue, options.Deadline);
        Assert.Same(WriteOptions.Default, options.WriteOptions);
        Assert.Equal(default, WriteOptions.Default.Flags);
    }

    [Fact]
    public void WriteFlags_Numbers_AreThePublishedOnes() => Assert.Equal((1, 2), ((int)WriteFlags.BufferHint, (int)WriteFlags.NoCompress));

    [Fact]
    public void MethodType_Numbers_AreThePublishedOnes() => Assert.Equal(
        [MethodType.Unary, MethodType.ClientStreaming, MethodType.ServerStreaming, MethodType.DuplexStreaming],
        Enumerable.Range(0, 4).Select(number => (MethodType)number));

    [Fact]
    public void ConnectivityState_Numbers_AreThePublishedOnes() => Assert.Equal(
        [ConnectivityState.Idle, ConnectivityState.Connecting, ConnectivityState.Ready, ConnectivityState.TransientFailure, ConnectivityState.Shutdown],
        Enumerable.Range(0, 5).Select(number => (ConnectivityState)number));

    [Fact]
    public void ContextPropagationOptions_Default_HandsOnBoth()
    {
        Assert.True(ContextPropagationOptions.Default.IsPropagateDeadline);
        Assert.True(ContextPropagationOptions.Default.IsPropagateCancellation);
        Assert.False(new ContextPropagationOptions(propagateDeadline: false).IsPropagateDeadline);
    }
}
