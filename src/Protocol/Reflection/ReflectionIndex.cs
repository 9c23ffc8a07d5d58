using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Agents.Protocol.Reflection;

/// <summary>
/// What server reflection answers with: services, and the files that describe them with all that they import. Immutable, so safe for concurrent use. The files are
/// those that the code was generated from.
/// </summary>
public sealed class ReflectionIndex
{
    private readonly Dictionary<string, FileDescriptor> _files = [];
    private readonly Dictionary<string, FileDescriptor> _symbols = [];
    private readonly Dictionary<(string Type, int Number), FileDescriptor> _extensions = [];

    /// <summary>Describes services; reflection itself and health are added.</summary>
    public ReflectionIndex(IEnumerable<ServiceDescriptor> services)
    {
        ServiceDescriptor[] all =
        [
            .. services, Grpc.Health.V1.Health.Descriptor, Grpc.Reflection.V1.ServerReflection.Descriptor, Grpc.Reflection.V1Alpha.ServerReflection.Descriptor,
        ];
        Services = [.. all.Select(service => service.FullName).Order(StringComparer.Ordinal)];
        foreach (var service in all)
            Add(service.File);
    }

    /// <summary>The full names of the services.</summary>
    public IReadOnlyList<string> Services { get; }

    /// <summary>The file of this name with its imports, the file itself first; null when there is none.</summary>
    public IReadOnlyList<ByteString>? FindFile(string name) => WithImports(_files.GetValueOrDefault(name));

    /// <summary>The file that declares a service, method, message, enum or field, with its imports; null when there is none.</summary>
    public IReadOnlyList<ByteString>? FindSymbol(string fullName) => WithImports(_symbols.GetValueOrDefault(fullName));

    /// <summary>The file that declares an extension of a message, with its imports; null when there is none.</summary>
    public IReadOnlyList<ByteString>? FindExtension(string type, int number) => WithImports(_extensions.GetValueOrDefault((type, number)));

    /// <summary>The numbers of all known extensions of a message, which may be none; null when the message is not known.</summary>
    public IReadOnlyList<int>? FindExtensionNumbers(string type) =>
        _symbols.ContainsKey(type) ? [.. _extensions.Keys.Where(key => key.Type == type).Select(key => key.Number).Order()] : null;

    private void Add(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file))
            return;
        foreach (var imported in file.Dependencies)
            Add(imported);
        foreach (var service in file.Services)
            Add(service, file);
        foreach (var message in file.MessageTypes)
            Add(message, file);
        foreach (var type in file.EnumTypes)
            Add(type, file);
        foreach (var extension in file.Extensions.UnorderedExtensions)
            _extensions.TryAdd((extension.ExtendeeType.FullName, extension.FieldNumber), file);
    }

    private void Add(ServiceDescriptor service, FileDescriptor file)
    {
        _symbols.TryAdd(service.FullName, file);
        foreach (var method in service.Methods)
            _symbols.TryAdd(method.FullName, file);
    }

    private void Add(MessageDescriptor message, FileDescriptor file)
    {
        _symbols.TryAdd(message.FullName, file);
        foreach (var field in message.Fields.InDeclarationOrder())
            _symbols.TryAdd(field.FullName, file);
        foreach (var nested in message.NestedTypes)
            Add(nested, file);
        foreach (var type in message.EnumTypes)
            Add(type, file);
    }

    private void Add(EnumDescriptor type, FileDescriptor file)
    {
        _symbols.TryAdd(type.FullName, file);
        foreach (var value in type.Values)
            _symbols.TryAdd(value.FullName, file);
    }

    private static List<ByteString>? WithImports(FileDescriptor? file)
    {
        if (file is null)
            return null;
        var found = new List<FileDescriptor>();
        Collect(file, found);
        return [.. found.Select(one => one.SerializedData)];
    }

    private static void Collect(FileDescriptor file, List<FileDescriptor> found)
    {
        if (found.Contains(file))
            return;
        found.Add(file);
        foreach (var imported in file.Dependencies)
            Collect(imported, found);
    }
}
