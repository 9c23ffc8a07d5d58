namespace Agents.Domain.Tests.Engines;

/// <summary>Golden files are written on request only, and never in CI.</summary>
public sealed class GoldenFilesTests
{
    [Theory]
    [InlineData(null, null, false)]
    [InlineData("", "true", false)]
    [InlineData("1", null, true)]
    [InlineData("1", "false", true)]
    public void IsUpdate_Variables_OnRequestOnly(string? update, string? ci, bool isUpdate) => Assert.Equal(isUpdate, GoldenFiles.IsUpdate(update, ci));

    [Fact]
    public void IsUpdate_InCi_IsRefused() => Assert.Throws<InvalidOperationException>(() => GoldenFiles.IsUpdate("1", "true"));
}
