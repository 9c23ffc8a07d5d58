using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Agents.Cli.Model;

namespace Agents.Cli.Api;

/// <summary>Reads a collection page by page, up to a limit, and puts the pages together as one answer.</summary>
internal static class CollectionReader
{
    private const int PageSizeMax = 1000;

    /// <summary>Reads the items that stand in the field <paramref name="field"/>.</summary>
    public static async Task<ApiReply<T>> ReadAsync<T>(
        ApiClient api, string path, string? project, string field, JsonTypeInfo<T> type, int limit, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var writer = new Utf8JsonWriter(buffer);
        await using (writer)
        {
            writer.WriteStartObject();
            writer.WriteStartArray(field);
            var left = limit;
            var token = "";
            do
            {
                var size = Text.Invariant($"{Math.Min(left, PageSizeMax)}");
                var page = await api.GetAsync(
                    Paths.With(path, ("project", project), ("page_size", size), ("page_token", token)), ModelJson.Default.PageCursor, cancellationToken);
                left -= CopyItems(page.Json, field, left, writer);
                token = page.Value.NextPageToken;
            }
            while (token.Length > 0 && left > 0);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        var json = buffer.ToArray();
        return new ApiReply<T>(json, JsonSerializer.Deserialize(json, type)!);
    }

    private static int CopyItems(byte[] json, string field, int limit, Utf8JsonWriter writer)
    {
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty(field, out var items))
            return 0;
        var count = 0;
        foreach (var item in items.EnumerateArray().Take(limit))
        {
            item.WriteTo(writer);
            count++;
        }
        return count;
    }
}
