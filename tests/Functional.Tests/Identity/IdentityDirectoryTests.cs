using Agents.Agent.Identity;
using Agents.Testing;

namespace Agents.Functional.Tests.Identity;

/// <summary>The identity on disk.</summary>
public sealed class IdentityDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    [Fact]
    public void LoadOrCreate_Twice_KeepsKeyAndRequestId()
    {
        var identity = new IdentityDirectory(_directory.File("identity"));
        using var first = identity.LoadOrCreateKey();
        var requestId = identity.LoadOrCreateRequestId();

        using var second = new IdentityDirectory(_directory.File("identity")).LoadOrCreateKey();

        Assert.Equal(first.ExportSubjectPublicKeyInfo(), second.ExportSubjectPublicKeyInfo());
        Assert.Equal(requestId, identity.LoadOrCreateRequestId());
        Assert.Null(identity.Load());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"host_id":"h","project":"p","controller_id":"c","certificate_pem":"x","trust_bundle_pem":"y"}""")]
    public void Load_DamagedFile_SaysWhatToDo(string content)
    {
        var identity = new IdentityDirectory(_directory.File("identity"));
        identity.LoadOrCreateKey().Dispose();
        File.WriteAllText(Path.Combine(_directory.File("identity"), "identity.json"), content);

        Assert.Contains("enrol again", Assert.Throws<InvalidDataException>(identity.Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadOrCreateKey_PartOfAKilledProcess_IsReplaced()
    {
        Directory.CreateDirectory(_directory.File("identity"));
        File.WriteAllText(Path.Combine(_directory.File("identity"), "host.key.part"), "half a k");

        using var key = new IdentityDirectory(_directory.File("identity")).LoadOrCreateKey();

        Assert.Equal(256, key.KeySize);
    }
}
