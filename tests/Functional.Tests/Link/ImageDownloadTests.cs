using System.Security.Cryptography;
using Agents.Agent.Identity;
using Agents.Agent.Images;
using Agents.Controller.Enrollment;
using Agents.Protocol;
using Agents.Testing;
using Agents.V1;
using Grpc.Core;

namespace Agents.Functional.Tests.Link;

/// <summary>Archives of images from the controller's directory to an agent.</summary>
[Trait("Category", "Functional")]
public sealed class ImageDownloadTests : LinkFixture
{
    private readonly byte[] _archive = RandomNumberGenerator.GetBytes(3_000_001);

    [Fact]
    public async Task Read_FromTheStartAndFromAnOffset_GivesTheArchive()
    {
        var sha256 = AddArchive("set-1");
        var source = await SourceAsync();

        Assert.Equal(_archive, await ReadAsync(source, sha256, 0));
        Assert.Equal(_archive[1_000_000..], await ReadAsync(source, sha256, 1_000_000));
        Assert.Empty(await ReadAsync(source, sha256, _archive.Length));
    }

    [Fact]
    public async Task Read_UnknownArchiveOrOffset_IsRefused()
    {
        var sha256 = AddArchive("");
        var source = await SourceAsync();

        Assert.Equal(ErrorReasons.NotFound, await ReasonAsync(source, new string('0', 64), 0));
        Assert.Equal(ErrorReasons.InvalidArgument, await ReasonAsync(source, sha256, _archive.Length + 1));
        Assert.Equal(ErrorReasons.InvalidArgument, await ReasonAsync(source, sha256, -1));
    }

    [Fact]
    public async Task Download_FifthAtATime_IsRefused()
    {
        var sha256 = AddArchive("set-1");
        using var channel = Channel(await EnrolledAsync());
        var client = new ImageService.ImageServiceClient(channel);
        var calls = Enumerable.Range(0, 4).Select(_ => client.DownloadImage(new DownloadImageRequest { ArchiveSha256 = sha256 })).ToList();
        foreach (var call in calls)
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout());

        using var fifth = client.DownloadImage(new DownloadImageRequest { ArchiveSha256 = sha256 });
        var exception = await Assert.ThrowsAsync<RpcException>(() => fifth.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout());

        Assert.Equal(StatusCode.ResourceExhausted, exception.StatusCode);
        calls.ForEach(call => call.Dispose());
    }

    [Fact]
    public async Task Cut_HostWithLinkAndTransfer_EndsBothAtOnceAndNeitherComesBack()
    {
        var agent = await StartAgentAsync();
        var session = await Controller.NextSessionAsync();
        using var channel = Channel(await agent.IdentityAsync());
        var client = new ImageService.ImageServiceClient(channel);
        using var transfer = client.DownloadImage(new DownloadImageRequest { ArchiveSha256 = AddArchive("set-1") });
        Assert.True(await transfer.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout());
        await ChangeIdentityAsync(session.HostId.ToString(), stored => stored with { RevokedAt = DateTimeOffset.UtcNow });

        Controller.Service<IHostConnections>().Cut(session.HostId, "its certificate was revoked");

        await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await transfer.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout())
            {
            }
        });
        await agent.Log.WaitForAsync("refused this agent", ErrorReasons.CertificateRevoked);
        Assert.True(session.Closed.IsCancellationRequested);
        using var again = client.DownloadImage(new DownloadImageRequest { ArchiveSha256 = AddArchive("set-1") });
        Assert.Equal(ErrorReasons.CertificateRevoked, RpcErrors.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => again.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout())));
    }

    private static async Task<byte[]> ReadAsync(ControllerImageSource source, string sha256, long offset)
    {
        var read = new MemoryStream();
        await foreach (var piece in source.ReadAsync(sha256, offset, CancellationToken.None))
            await read.WriteAsync(piece);
        return read.ToArray();
    }

    private static async Task<string> ReasonAsync(ControllerImageSource source, string sha256, long offset) =>
        RpcErrors.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => ReadAsync(source, sha256, offset)));

    private async Task<ControllerImageSource> SourceAsync()
    {
        var identity = await EnrolledAsync();
        var options = new IdentityOptions { Controller = Address, JoinToken = null, Directory = "", Declaration = Declarations.Of("host-1") };
        return new ControllerImageSource(new KnownIdentity(identity), options, TimeProvider.System);
    }

    private string AddArchive(string set)
    {
        var directory = Path.Combine(Directory.File("controller"), "images", set);
        System.IO.Directory.CreateDirectory(directory);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(_archive));
        File.WriteAllBytes(Path.Combine(directory, "etcd-1.tar"), _archive);
        File.WriteAllText(Path.Combine(directory, "images.json"), $$"""{"version":"1","images":[{"name":"etcd","archive":"etcd-1.tar","archive_sha256":"{{sha256}}"}]}""");
        return sha256;
    }
}
