using Grpc.Core;

namespace Agents.Compat.Tests.Api;

/// <summary>The rules for keys and values.</summary>
public sealed class MetadataEntryTests
{
    [Theory]
    [InlineData("abc")]
    [InlineData("0-9_a.z")]
    [InlineData("X-Upper")]
    public void Constructor_LegalKey_IsKeptInLowerCase(string key) =>
        Assert.Equal(key.ToLowerInvariant(), new Metadata.Entry(key, "value").Key);

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("colon:")]
    [InlineData("slash/")]
    [InlineData("umlaut-ü")]
    [InlineData("Kelvin-\u212A")]
    [InlineData("line\nbreak")]
    public void Constructor_IllegalKey_Throws(string key) => Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "value"));

    [Fact]
    public void Constructor_TextUnderABinaryKey_Throws() => Assert.Throws<ArgumentException>(() => new Metadata.Entry("key-bin", "text"));

    [Fact]
    public void Constructor_BytesUnderATextKey_Throws() => Assert.Throws<ArgumentException>(() => new Metadata.Entry("key", [1]));

    [Fact]
    public void Constructor_UpperCaseBinarySuffix_IsBinary() => Assert.True(new Metadata.Entry("KEY-BIN", [1]).IsBinary);

    [Fact]
    public void Constructor_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry(null!, "value"));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry("key", (string)null!));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry("key-bin", (byte[])null!));
    }

    [Fact]
    public void ValueBytes_OfText_AreItsAsciiBytes() => Assert.Equal("abc"u8.ToArray(), new Metadata.Entry("key", "abc").ValueBytes);

    [Fact]
    public void ValueBytes_OfBytes_AreCopies()
    {
        byte[] bytes = [1, 2];
        var entry = new Metadata.Entry("key-bin", bytes);

        bytes[0] = 9;
        entry.ValueBytes[1] = 9;

        Assert.Equal([1, 2], entry.ValueBytes);
    }

    [Fact]
    public void Value_OfBytes_Throws() => Assert.Throws<InvalidOperationException>(() => new Metadata.Entry("key-bin", [1]).Value);

    [Fact]
    public void ToString_TextAndBytes_SaysKeyAndValue()
    {
        Assert.Equal("[Entry: key=key, value=text]", new Metadata.Entry("key", "text").ToString());
        Assert.Equal("[Entry: key=key-bin, valueBytes=AQI=]", new Metadata.Entry("key-bin", [1, 2]).ToString());
    }
}
