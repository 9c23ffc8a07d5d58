using Agents.Cli.Values;

namespace Agents.Cli.Tests.Values;

/// <summary>Sizes as people write and read them.</summary>
public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("512MiB", 536870912)]
    [InlineData("1.5 GiB", 1610612736)]
    [InlineData("2gib", 2147483648)]
    [InlineData("500MB", 500000000)]
    [InlineData("1024", 1024)]
    [InlineData("3KiB", 3072)]
    public void TryParse_Size_ReturnsBytes(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out var read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MiB")]
    [InlineData("-1MiB")]
    [InlineData("1G")]
    [InlineData("1.2.3MiB")]
    [InlineData("99999999TiB")]
    public void TryParse_NoSize_ReturnsFalse(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(536870912, "512 MiB")]
    [InlineData(1610612736, "1.5 GiB")]
    [InlineData(123456789012, "115 GiB")]
    public void Show_Bytes_IsShort(long bytes, string text) => Assert.Equal(text, ByteSize.Show(bytes));
}
