using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Agents.Compat.Tests.References;

/// <summary>Writes the types of signatures as text. Types of gRPC assemblies carry their assembly's name; others do not, because they are forwarded between assemblies.</summary>
internal sealed class SignatureTexts : ISignatureTypeProvider<TypeText, object?>
{
    private const byte ValueTypeKind = 0x11;
    private const byte ClassKind = 0x12;

    /// <inheritdoc/>
    public TypeText GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Named(KeyOf(reader, handle), rawTypeKind);

    /// <inheritdoc/>
    public TypeText GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Named(KeyOf(reader, handle), rawTypeKind);

    /// <inheritdoc/>
    public TypeText GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    /// <inheritdoc/>
    public TypeText GetPrimitiveType(PrimitiveTypeCode typeCode) => TypeText.Unnamed(typeCode.ToString());

    /// <inheritdoc/>
    public TypeText GetSZArrayType(TypeText elementType) => TypeText.Unnamed(elementType.Text + "[]");

    /// <inheritdoc/>
    public TypeText GetArrayType(TypeText elementType, ArrayShape shape) => TypeText.Unnamed($"{elementType.Text}[{shape.Rank}]");

    /// <inheritdoc/>
    public TypeText GetByReferenceType(TypeText elementType) => TypeText.Unnamed(elementType.Text + "&");

    /// <inheritdoc/>
    public TypeText GetPointerType(TypeText elementType) => TypeText.Unnamed(elementType.Text + "*");

    /// <inheritdoc/>
    public TypeText GetPinnedType(TypeText elementType) => elementType;

    /// <inheritdoc/>
    public TypeText GetGenericInstantiation(TypeText genericType, ImmutableArray<TypeText> typeArguments)
    {
        var arguments = typeArguments.Select(argument => argument.Text).ToImmutableArray();
        return new TypeText($"{genericType.Text}<{string.Join(",", arguments)}>", genericType.Key, arguments);
    }

    /// <inheritdoc/>
    public TypeText GetGenericTypeParameter(object? genericContext, int index) => TypeText.Unnamed($"!{index}");

    /// <inheritdoc/>
    public TypeText GetGenericMethodParameter(object? genericContext, int index) => TypeText.Unnamed($"!!{index}");

    /// <inheritdoc/>
    public TypeText GetModifiedType(TypeText modifier, TypeText unmodifiedType, bool isRequired) =>
        TypeText.Unnamed($"{unmodifiedType.Text} {(isRequired ? "modreq" : "modopt")}({modifier.Text})");

    /// <inheritdoc/>
    public TypeText GetFunctionPointerType(MethodSignature<TypeText> signature) => TypeText.Unnamed("function pointer " + Format(signature));

    /// <summary>A method's signature.</summary>
    public static string Format(MethodSignature<TypeText> signature) =>
        $"{(signature.GenericParameterCount > 0 ? "`" + signature.GenericParameterCount : "")}"
        + $"({string.Join(", ", signature.ParameterTypes.Select(type => type.Text))}) : {signature.ReturnType.Text}"
        + (signature.Header.IsInstance ? "" : " static");

    /// <summary>The key of a referenced type.</summary>
    public static string KeyOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = FullName(reader, type.Namespace, type.Name);
        return type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => $"{KeyOf(reader, (TypeReferenceHandle)type.ResolutionScope)}/{name}",
            HandleKind.AssemblyReference =>
                Scope(reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)) + name,
            _ => name,
        };
    }

    /// <summary>The key of a declared type.</summary>
    public static string KeyOf(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = FullName(reader, type.Namespace, type.Name);
        var declaring = type.GetDeclaringType();
        return declaring.IsNil ? Scope(reader.GetString(reader.GetAssemblyDefinition().Name)) + name : $"{KeyOf(reader, declaring)}/{name}";
    }

    private static TypeText Named(string key, byte rawTypeKind) =>
        new(rawTypeKind switch { ValueTypeKind => "valuetype ", ClassKind => "class ", _ => "" } + key, key, []);

    private static string Scope(string assembly) => assembly.StartsWith("Grpc.", StringComparison.Ordinal) ? $"[{assembly}]" : "";

    private static string FullName(MetadataReader reader, StringHandle space, StringHandle name) =>
        space.IsNil ? reader.GetString(name) : $"{reader.GetString(space)}.{reader.GetString(name)}";
}
