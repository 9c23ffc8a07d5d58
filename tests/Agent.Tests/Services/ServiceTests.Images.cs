using System.Security.Cryptography;
using Agents.Protocol;
using Agents.Testing;
using Agents.Testing.Docker;
using Agents.V1;
using Grpc.Core;

namespace Agents.Agent.Tests.Services;

/// <content>Images that are brought to the host.</content>
public sealed partial class ServiceTests
{
    private static readonly SavedImage s_image = SavedImage.Of("agents/new:1", "new:1");

    [Fact]
    public async Task EnsureImage_BrokenTransfer_IsResumedAndLoaded()
    {
        var request = Offer(s_image);
        _images.BreakAfter = 5;

        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => EnsureAsync(request))).StatusCode);
        Assert.True(await EnsureAsync(request));

        Assert.Equal([0, 5], _images.Offsets);
        var check = await _agent.Containers.CheckImagesAsync(new CheckImagesRequest { Images = { request.Image } }, deadline: TestAgent.Deadline);
        Assert.True(Assert.Single(check.Images).Present);
        Assert.True(await EnsureAsync(request));
        Assert.Equal(2, _images.Offsets.Count);
    }

    [Fact]
    public async Task EnsureImage_WrongContentOrForbidden_IsRefused()
    {
        var request = Offer(s_image);
        request.ArchiveSha256 = new string('0', 64);

        Assert.Equal(ErrorReasons.ImageMissing, RpcErrors.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => EnsureAsync(request))));
        request.Image.Reference = "evil/new:1";
        Assert.Equal(ErrorReasons.Policy, RpcErrors.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => EnsureAsync(request))));
        request.Image.Reference = "agents/new:1";
        request.ArchiveBytes = (8L << 30) + 1;
        Assert.Equal(ErrorReasons.InvalidArgument, RpcErrors.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => EnsureAsync(request))));
        request.ArchiveSha256 = "../x";
        Assert.Equal(ErrorReasons.InvalidArgument, RpcErrors.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => EnsureAsync(request))));
    }

    [Fact]
    public async Task EnsureImage_ArchiveWithAnotherImage_IsNotLoaded()
    {
        var other = SavedImage.Of("agents/new:1", "other:1");
        var request = Offer(s_image, SavedImage.Of("agents/second:1", "second:1", ("second", [2])));
        Assert.Contains("agents/second:1", await NotLoadedAsync(request), StringComparison.Ordinal);
        request = Offer(other);
        Assert.Contains("label", await NotLoadedAsync(request), StringComparison.Ordinal);
        request.ConfigDigest = s_image.ConfigDigest;
        Assert.Contains(other.ConfigDigest, await NotLoadedAsync(request), StringComparison.Ordinal);
        request.ConfigDigest = "";
        Assert.Equal(ErrorReasons.InvalidArgument, RpcErrors.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => EnsureAsync(request))));
    }

    [Fact]
    public async Task EnsureImage_DigestThatPolicyDoesNotName_IsNotLoaded()
    {
        using var directory = new TemporaryDirectory();
        var settings = TestSettings.Create(directory.Path);
        await File.WriteAllTextAsync(settings.PolicyFile, $$"""{"allowed_image_ids": ["{{s_image.ConfigDigest}}"]}""");
        await using var agent = await TestAgent.StartAsync(settings, _engine, new FakeKernel(), _images);

        var exception = await Assert.ThrowsAsync<RpcException>(() => EnsureAsync(Offer(SavedImage.Of("agents/new:1", "new:1", ("evil", [1]))), agent));

        Assert.Equal(ErrorReasons.Policy, RpcErrors.ReasonOf(exception));
        Assert.Empty(_images.Offsets);
        var lying = Offer(SavedImage.Of("agents/new:1", "new:1", ("evil", [1])));
        lying.ConfigDigest = s_image.ConfigDigest;
        Assert.Equal(ErrorReasons.Policy, RpcErrors.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => EnsureAsync(lying, agent))));
        Assert.DoesNotContain("load", _engine.Mutations);
        Assert.True(await EnsureAsync(Offer(s_image), agent));
    }

    /// <summary>Has the controller hold an archive of these images, and asks for the first.</summary>
    private EnsureImageRequest Offer(params SavedImage[] images)
    {
        _images.Archive = SavedImage.Archive(images);
        return new EnsureImageRequest
        {
            Context = new CommandContext { ControllerId = "store-1", Ticket = new Ticket { Epoch = 1 } },
            Image = new ImageRef { Reference = "agents/new:1", Label = "new:1" },
            ConfigDigest = images[0].ConfigDigest,
            ArchiveSha256 = Convert.ToHexStringLower(SHA256.HashData(_images.Archive)),
            ArchiveBytes = _images.Archive.Length,
        };
    }

    private async Task<string> NotLoadedAsync(EnsureImageRequest request)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => EnsureAsync(request));
        Assert.Equal(ErrorReasons.ImageMissing, RpcErrors.ReasonOf(exception));
        Assert.DoesNotContain("load", _engine.Mutations);
        return exception.Status.Detail;
    }

    private async Task<bool> EnsureAsync(EnsureImageRequest request, TestAgent? agent = null)
    {
        using var call = (agent ?? _agent).Containers.EnsureImage(request, deadline: TestAgent.Deadline);
        var present = false;
        while (await call.ResponseStream.MoveNext(default))
            present = call.ResponseStream.Current.Present;
        return present;
    }
}
