using System.Text;

namespace Agents.Agent.Engines.Etcd;

/// <summary>Keys as etcd's ranges.</summary>
internal static class KeyRange
{
    /// <summary>The key's bytes.</summary>
    public static byte[] Bytes(string key) => Encoding.UTF8.GetBytes(key);

    /// <summary>The first key beyond all that begin with the prefix: its last byte, one higher. UTF-8 has no byte 255, so there is no carry.</summary>
    public static byte[] EndOf(string prefix)
    {
        var end = Bytes(prefix);
        end[^1]++;
        return end;
    }
}
