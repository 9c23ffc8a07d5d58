using System.Collections.Immutable;
using System.Text.Json;
using Agents.Domain.Model;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite.Tables;

/// <summary>The image sets. One that was added never changes: clusters pin it.</summary>
internal static class ImageSetTable
{
    /// <summary>An image set by version.</summary>
    public static ImageSet? Find(SqliteConnection connection, string version) =>
        connection.Find("SELECT version, images FROM image_sets WHERE version = $version", Read, ("version", version));

    /// <summary>The image sets, the last added first.</summary>
    public static IReadOnlyList<ImageSet> List(SqliteConnection connection) =>
        connection.Query("SELECT version, images FROM image_sets ORDER BY sequence DESC", Read);

    /// <summary>Adds an image set, or finds the same one there.</summary>
    public static void Add(SqliteConnection connection, ImageSet imageSet)
    {
        if (Find(connection, imageSet.Version) is not { } first)
            connection.Execute(
                "INSERT INTO image_sets (version, images) VALUES ($version, $images)", ("version", imageSet.Version), ("images", Images(imageSet.Images)));
        else if (!first.Images.SequenceEqual(imageSet.Images))
            throw new InvalidOperationException($"image set {imageSet.Version} is in the store with other images: give the new images a new version");
    }

    private static string Images(ImmutableArray<ImageSetImage> images) => JsonSerializer.Serialize(images, SqliteJson.Default.ImmutableArrayImageSetImage);

    private static ImageSet Read(SqliteDataReader row) =>
        new(row.GetText("version"), JsonSerializer.Deserialize(row.GetText("images"), SqliteJson.Default.ImmutableArrayImageSetImage));
}
