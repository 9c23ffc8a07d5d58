using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace Agents.Compat.Tests.References;

/// <summary>Reads an assembly's metadata without loading it.</summary>
internal sealed class AssemblyReader
{
    private readonly MetadataReader _reader;
    private readonly SignatureTexts _texts = new();

    private AssemblyReader(MetadataReader reader)
    {
        _reader = reader;
    }

    /// <summary>Reads the assembly of a file.</summary>
    public static AssemblyModel Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var file = new PEReader(stream);
        return new AssemblyReader(file.GetMetadataReader()).ReadAssembly();
    }

    private AssemblyModel ReadAssembly()
    {
        var assembly = _reader.GetAssemblyDefinition();
        return new AssemblyModel(
            new AssemblyIdentity(_reader.GetString(assembly.Name), assembly.Version, Token(_reader.GetBlobBytes(assembly.PublicKey))),
            [.. _reader.TypeDefinitions.Select(ReadType)],
            [.. _reader.AssemblyReferences.Select(ReadReference)],
            [.. _reader.TypeReferences.Select(handle => SignatureTexts.KeyOf(_reader, handle))],
            [.. _reader.MemberReferences.Select(handle => ReadUse(handle)).OfType<MemberUse>()]);
    }

    private AssemblyIdentity ReadReference(AssemblyReferenceHandle handle)
    {
        var reference = _reader.GetAssemblyReference(handle);
        return new AssemblyIdentity(_reader.GetString(reference.Name), reference.Version, Convert.ToHexString(_reader.GetBlobBytes(reference.PublicKeyOrToken)));
    }

    private TypeModel ReadType(TypeDefinitionHandle handle)
    {
        var type = _reader.GetTypeDefinition(handle);
        return new TypeModel(
            SignatureTexts.KeyOf(_reader, handle),
            IsVisible(type),
            type.Attributes.HasFlag(TypeAttributes.Sealed),
            type.Attributes.HasFlag(TypeAttributes.Abstract),
            type.BaseType.IsNil ? null : TextOf(type.BaseType),
            [.. type.GetInterfaceImplementations().Select(implementation => TextOf(_reader.GetInterfaceImplementation(implementation).Interface))],
            [.. type.GetMethods().Select(ReadMethod), .. type.GetFields().Select(ReadField)],
            [.. type.GetMethodImplementations().Select(ReadExplicitImplementation).OfType<MemberUse>()]);
    }

    private MemberModel ReadMethod(MethodDefinitionHandle handle)
    {
        var method = _reader.GetMethodDefinition(handle);
        var attributes = method.Attributes;
        return new MemberModel(
            _reader.GetString(method.Name),
            SignatureTexts.Format(method.DecodeSignature(_texts, null)),
            AccessOf((int)(attributes & MethodAttributes.MemberAccessMask)),
            attributes.HasFlag(MethodAttributes.Virtual),
            attributes.HasFlag(MethodAttributes.NewSlot),
            attributes.HasFlag(MethodAttributes.Abstract),
            attributes.HasFlag(MethodAttributes.Final),
            [.. method.GetGenericParameters().Select(parameter => _reader.GetGenericParameter(parameter).Attributes)]);
    }

    private MemberModel ReadField(FieldDefinitionHandle handle)
    {
        var field = _reader.GetFieldDefinition(handle);
        return new MemberModel(
            _reader.GetString(field.Name),
            $" : {field.DecodeSignature(_texts, null).Text}",
            AccessOf((int)(field.Attributes & FieldAttributes.FieldAccessMask)),
            IsVirtual: false, IsNewSlot: false, IsAbstract: false, IsFinal: false, Constraints: []);
    }

    private MemberUse? ReadExplicitImplementation(MethodImplementationHandle handle)
    {
        var declaration = _reader.GetMethodImplementation(handle).MethodDeclaration;
        return declaration.Kind == HandleKind.MemberReference ? ReadUse((MemberReferenceHandle)declaration) : null;
    }

    private MemberUse? ReadUse(MemberReferenceHandle handle)
    {
        var member = _reader.GetMemberReference(handle);
        if (member.Parent.Kind is not (HandleKind.TypeReference or HandleKind.TypeSpecification)) return null;
        var signature = member.GetKind() == MemberReferenceKind.Field
            ? $" : {member.DecodeFieldSignature(_texts, null).Text}"
            : SignatureTexts.Format(member.DecodeMethodSignature(_texts, null));
        return new MemberUse(TextOf(member.Parent), _reader.GetString(member.Name), signature);
    }

    private TypeText TextOf(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => _texts.GetTypeFromReference(_reader, (TypeReferenceHandle)handle, 0),
        HandleKind.TypeDefinition => _texts.GetTypeFromDefinition(_reader, (TypeDefinitionHandle)handle, 0),
        _ => _texts.GetTypeFromSpecification(_reader, null, (TypeSpecificationHandle)handle, 0),
    };

    private bool IsVisible(TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
            IsVisible(_reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    // Methods and fields number their access alike.
    private static MemberAccess AccessOf(int access) => (MethodAttributes)access switch
    {
        MethodAttributes.Public => MemberAccess.Public,
        MethodAttributes.Family or MethodAttributes.FamORAssem => MemberAccess.Derived,
        _ => MemberAccess.Hidden,
    };

#pragma warning disable CA5350 // The token of an assembly's name is defined with SHA-1; it protects nothing.
    private static string Token(byte[] publicKey) =>
        publicKey.Length == 0 ? "" : Convert.ToHexString([.. SHA1.HashData(publicKey).TakeLast(8).Reverse()]);
#pragma warning restore CA5350
}
