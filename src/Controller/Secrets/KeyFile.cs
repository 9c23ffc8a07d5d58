using System.Security.Cryptography;

namespace Agents.Controller.Secrets;

/// <summary>
/// The file of keys outside the store, mode 0600: one key a line in base64. The first one seals, all of them open, so a key is replaced by putting a new line on top.
/// A backup of the store is worthless without it, and a backup of it is needed beside every backup of the store.
/// </summary>
internal static class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Reads the keys; makes the file with one new key where there is none and the store has nothing sealed yet. Throws <see cref="InvalidDataException"/> for a file that is malformed,
    /// that others can read, or that is missing beside a store that needs it: a new key would open nothing of it.
    /// </summary>
    public static IReadOnlyList<SecretKey> ReadOrCreate(string path, bool isStoreNew)
    {
        if (!File.Exists(path))
        {
            if (!isStoreNew)
                throw new InvalidDataException($"{path} is missing, and the store beside it has secrets that no other key opens: put the key file back from its backup");
            Create(path);
        }

        var mode = File.GetUnixFileMode(path);
        if ((mode & ~OwnerOnly) != 0)
            throw new InvalidDataException($"{path} must be readable by its owner alone: chmod 600 {path}");
        var keys = File.ReadLines(path).Where(line => line.Length > 0).Select(line => ReadKey(path, line)).ToList();
        return keys.Count > 0 ? keys : throw new InvalidDataException($"{path} holds no key");
    }

    /// <summary>Two controllers that start at once: the file appears whole under its name, and the first one wins.</summary>
    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var part = $"{path}.{Environment.ProcessId}.part";
        using (var stream = new FileStream(part, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretKey.Bytes)) + "\n"));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(part, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(part);
        }
    }

    private static SecretKey ReadKey(string path, string line)
    {
        var key = new byte[SecretKey.Bytes];
        return Convert.TryFromBase64String(line.Trim(), key, out var length) && length == SecretKey.Bytes
            ? new SecretKey(key)
            : throw new InvalidDataException($"{path} has a line that is not a key of {SecretKey.Bytes} bytes in base64");
    }
}
