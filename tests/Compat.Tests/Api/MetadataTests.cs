using System.Collections;
using Grpc.Core;

namespace Agents.Compat.Tests.Api;

/// <summary>The collection of headers.</summary>
public sealed class MetadataTests
{
    private readonly Metadata _metadata = new() { { "first", "1" }, { "key", "a" }, { "KEY", "b" }, { "blob-bin", [1, 2] } };

    [Fact]
    public void Get_RepeatedKey_GivesTheLast()
    {
        Assert.Equal("b", _metadata.Get("key")!.Value);
        Assert.Equal("b", _metadata.GetValue("Key"));
    }

    [Fact]
    public void Get_UnknownKey_IsNull()
    {
        Assert.Null(_metadata.Get("none"));
        Assert.Null(_metadata.GetValue("none"));
        Assert.Null(_metadata.GetValueBytes("none-bin"));
    }

    [Fact]
    public void GetValueBytes_BinaryEntry_GivesTheBytes() => Assert.Equal([1, 2], _metadata.GetValueBytes("blob-bin"));

    [Fact]
    public void GetValue_BinaryEntry_Throws() => Assert.Throws<InvalidOperationException>(() => _metadata.GetValue("blob-bin"));

    [Fact]
    public void GetAll_RepeatedKey_GivesAllInOrder() => Assert.Equal(["a", "b"], _metadata.GetAll("key").Select(entry => entry.Value));

    [Fact]
    public void List_Operations_BehaveLikeAList()
    {
        var entry = new Metadata.Entry("new", "value");

        _metadata.Insert(1, entry);
        Assert.Equal(1, _metadata.IndexOf(entry));
        var contained = _metadata.Contains(entry);
        Assert.True(contained);
        Assert.True(_metadata.Remove(entry));
        Assert.False(_metadata.Remove(entry));
        _metadata.RemoveAt(0);
        _metadata[0] = entry;

        var copy = new Metadata.Entry[3];
        _metadata.CopyTo(copy, 0);
        Assert.Equal(["new", "key", "blob-bin"], copy.Select(copied => copied.Key));
        Assert.Same(entry, _metadata[0]);
        Assert.Equal(3, _metadata.Count);
        Assert.False(_metadata.IsReadOnly);
        _metadata.Clear();
        Assert.Empty(_metadata);
    }

    [Fact]
    public void GetEnumerator_Untyped_GivesTheEntries()
    {
        var entries = new List<object?>();
        foreach (var entry in (IEnumerable)_metadata) entries.Add(entry);

        Assert.Equal(_metadata.Count, entries.Count);
    }

    [Fact]
    public void Change_NullEntry_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => _metadata.Add(null!));
        Assert.Throws<ArgumentNullException>(() => _metadata.Insert(0, null!));
        Assert.Throws<ArgumentNullException>(() => _metadata[0] = null!);
    }

    [Fact]
    public void Empty_AnyChange_Throws()
    {
        var entry = new Metadata.Entry("key", "value");

        Assert.True(Metadata.Empty.IsReadOnly);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add(entry));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("key", "value"));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Insert(0, entry));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Remove(entry));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.RemoveAt(0));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty[0] = entry);
        Assert.Throws<InvalidOperationException>(Metadata.Empty.Clear);
        Assert.Empty(Metadata.Empty);
    }
}
