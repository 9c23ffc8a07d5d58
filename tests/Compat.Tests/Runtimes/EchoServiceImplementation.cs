using System.Globalization;
using Agents.Compat.Tests.Protos;
using Grpc.Core;

namespace Agents.Compat.Tests.Runtimes;

/// <summary>Echoes, and does what the request's headers say (<see cref="EchoHeaders"/>).</summary>
internal sealed class EchoServiceImplementation(CallRecord record) : EchoService.EchoServiceBase
{
    /// <inheritdoc/>
    public override async Task<EchoMessage> Unary(EchoMessage request, ServerCallContext context)
    {
        await ObeyHeadersAsync(context);
        return request;
    }

    /// <inheritdoc/>
    public override async Task ServerStreaming(EchoMessage request, IServerStreamWriter<EchoMessage> responseStream, ServerCallContext context)
    {
        await ObeyHeadersAsync(context);
        for (var number = 0; number < request.Number; number++)
            await responseStream.WriteAsync(new EchoMessage { Text = request.Text, Number = number });
    }

    /// <inheritdoc/>
    public override async Task<EchoMessage> ClientStreaming(IAsyncStreamReader<EchoMessage> requestStream, ServerCallContext context)
    {
        await ObeyHeadersAsync(context);
        var sum = 0;
        while (await requestStream.MoveNext()) sum += requestStream.Current.Number;
        return new EchoMessage { Number = sum };
    }

    /// <inheritdoc/>
    public override async Task Duplex(
        IAsyncStreamReader<EchoMessage> requestStream, IServerStreamWriter<EchoMessage> responseStream, ServerCallContext context)
    {
        await ObeyHeadersAsync(context);
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
            await responseStream.WriteAsync(request, context.CancellationToken);
    }

    private async Task ObeyHeadersAsync(ServerCallContext context)
    {
        var headers = context.RequestHeaders;
        record.Headers.Enqueue(headers);
        record.Deadlines.Enqueue(context.Deadline);
        if (headers.GetValueBytes(EchoHeaders.ReturnAsTrailer) is { } trailer) context.ResponseTrailers.Add(EchoHeaders.ReturnAsTrailer, trailer);
        if (headers.GetValueBytes(EchoHeaders.ReturnAsHeader) is { } header)
            await context.WriteResponseHeadersAsync(new Metadata { { EchoHeaders.ReturnAsHeader, header }, { "text-header", "some text" } });
        if (headers.GetValue(EchoHeaders.WriteFlags) is { } flags)
            context.WriteOptions = new WriteOptions((WriteFlags)int.Parse(flags, CultureInfo.InvariantCulture));
        if (headers.GetValue(EchoHeaders.FailWith) is { } code)
            throw new RpcException(
                new Status((StatusCode)int.Parse(code, CultureInfo.InvariantCulture), "told to fail: ümläut"), new Metadata { { "reason", "told" } });
        if (headers.Get(EchoHeaders.Hang) is not null) await HangAsync(context.CancellationToken);
    }

    private async Task HangAsync(CancellationToken cancellationToken)
    {
        try
        {
            record.NoteHanging();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            record.NoteCancelled();
            throw;
        }
    }
}
