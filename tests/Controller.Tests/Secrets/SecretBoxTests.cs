using System.Security.Cryptography;
using Agents.Controller.Secrets;
using Agents.Testing;

namespace Agents.Controller.Tests.Secrets;

/// <summary>Sealed secrets and the file of their keys.</summary>
public sealed class SecretBoxTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SecretKey _key = new(RandomNumberGenerator.GetBytes(SecretKey.Bytes));

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Open_WhatWasSealed_IsTheSecret()
    {
        var box = new SecretBox([_key]);

        var sealedSecret = box.Seal("secret"u8, "password/1");

        Assert.Equal("secret"u8.ToArray(), box.Open(sealedSecret, "password/1"));
        Assert.NotEqual(sealedSecret, box.Seal("secret"u8, "password/1"));
        Assert.Equal(-1, sealedSecret.AsSpan().IndexOf("secret"u8));
    }

    [Fact]
    public void Open_ForAnotherPurpose_Throws() =>
        Assert.Throws<SecretUnreadableException>(() => new SecretBox([_key]).Open(new SecretBox([_key]).Seal("secret"u8, "password/1"), "password/2"));

    [Fact]
    public void Open_AnyBitChanged_Throws()
    {
        var box = new SecretBox([_key]);
        var sealedSecret = box.Seal("secret"u8, "p");

        for (var i = 0; i < sealedSecret.Length; i++)
        {
            var changed = sealedSecret.ToArray();
            changed[i] ^= 1;
            Assert.Throws<SecretUnreadableException>(() => box.Open(changed, "p"));
        }

        Assert.Throws<SecretUnreadableException>(() => box.Open(sealedSecret.AsSpan(0, 20), "p"));
    }

    [Fact]
    public void Open_WithTheOldKeyBelowANewOne_Works()
    {
        var sealedSecret = new SecretBox([_key]).Seal("secret"u8, "p");
        var newer = new SecretBox([new SecretKey(RandomNumberGenerator.GetBytes(SecretKey.Bytes)), _key]);

        Assert.Equal("secret"u8.ToArray(), newer.Open(sealedSecret, "p"));
        Assert.NotEqual(_key.Id, newer.KeyId);
    }

    [Fact]
    public void Open_WithoutTheKey_NamesIt()
    {
        var sealedSecret = new SecretBox([_key]).Seal("secret"u8, "p");
        var other = new SecretBox([new SecretKey(RandomNumberGenerator.GetBytes(SecretKey.Bytes))]);

        Assert.Contains(_key.Id, Assert.Throws<SecretUnreadableException>(() => other.Open(sealedSecret, "p")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeyFile_FirstStart_IsMadeForTheOwnerAlone()
    {
        var path = _directory.File("keys/secret.key");

        var first = KeyFile.ReadOrCreate(path, isStoreNew: true);

        Assert.Equal(Assert.Single(first).Id, Assert.Single(KeyFile.ReadOrCreate(path, isStoreNew: true)).Id);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("AAAA")]
    public void KeyFile_Malformed_Throws(string content)
    {
        var path = _directory.File("secret.key");
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.Throws<InvalidDataException>(() => KeyFile.ReadOrCreate(path, isStoreNew: true));
    }

    [Fact]
    public void KeyFile_MissingBesideAStore_IsNotMadeAnew()
    {
        var path = _directory.File("keys/secret.key");

        Assert.Contains("backup", Assert.Throws<InvalidDataException>(() => KeyFile.ReadOrCreate(path, isStoreNew: false)).Message, StringComparison.Ordinal);

        Assert.False(File.Exists(path));
    }

    [Fact]
    public void KeyFile_OthersMayRead_Throws()
    {
        var path = _directory.File("secret.key");
        KeyFile.ReadOrCreate(path, isStoreNew: true);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Assert.Contains("chmod 600", Assert.Throws<InvalidDataException>(() => KeyFile.ReadOrCreate(path, isStoreNew: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SecretBox_NoKeyOrAShortOne_Throws()
    {
        Assert.Throws<ArgumentException>(() => new SecretBox([]));
        Assert.Throws<ArgumentException>(() => new SecretKey(new byte[16]));
    }
}
