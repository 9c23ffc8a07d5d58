namespace Agents.Agent.Docker;

/// <summary>An answer of the engine that is read as it comes. Disposing it closes its connection.</summary>
internal sealed class DockerStream(HttpResponseMessage response, Stream body, string socket) : IDisposable
{
    /// <summary>The bytes.</summary>
    public Stream Body => body;

    /// <summary>The next bytes; 0 at the end. A broken connection is a <see cref="DockerException"/>.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (DockerConnection.IsBroken(exception))
        {
            throw DockerException.Unreachable(socket, exception);
        }
    }

    /// <summary>The lines of a text answer, each as it comes.</summary>
    public async IAsyncEnumerable<string> ReadLinesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(body);
        while (await ReadLineAsync(reader, cancellationToken) is { } line)
            if (line.Length > 0)
                yield return line;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        body.Dispose();
        response.Dispose();
    }

    private async Task<string?> ReadLineAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken);
        }
        catch (Exception exception) when (DockerConnection.IsBroken(exception))
        {
            throw DockerException.Unreachable(socket, exception);
        }
    }
}
