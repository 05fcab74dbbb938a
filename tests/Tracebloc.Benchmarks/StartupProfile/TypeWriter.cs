using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Tracebloc.Benchmarks.StartupProfile;

/// <summary>Writes types into the metadata of a profile (ECMA-335, II.22 and II.23.2).</summary>
internal sealed class TypeWriter(MetadataBuilder metadata, AssemblyIndex index)
{
    private static readonly Dictionary<string, PrimitiveTypeCode> Primitives = new()
    {
        ["bool"] = PrimitiveTypeCode.Boolean,
        ["char"] = PrimitiveTypeCode.Char,
        ["sbyte"] = PrimitiveTypeCode.SByte,
        ["byte"] = PrimitiveTypeCode.Byte,
        ["short"] = PrimitiveTypeCode.Int16,
        ["ushort"] = PrimitiveTypeCode.UInt16,
        ["int"] = PrimitiveTypeCode.Int32,
        ["uint"] = PrimitiveTypeCode.UInt32,
        ["long"] = PrimitiveTypeCode.Int64,
        ["ulong"] = PrimitiveTypeCode.UInt64,
        ["nint"] = PrimitiveTypeCode.IntPtr,
        ["nuint"] = PrimitiveTypeCode.UIntPtr,
        ["float"] = PrimitiveTypeCode.Single,
        ["double"] = PrimitiveTypeCode.Double,
        ["System.Object"] = PrimitiveTypeCode.Object,
        ["System.String"] = PrimitiveTypeCode.String,
    };

    private readonly Dictionary<string, AssemblyReferenceHandle> assemblies = [];
    private readonly Dictionary<KnownType, TypeReferenceHandle> references = [];
    private readonly Dictionary<BlobHandle, TypeSpecificationHandle> constructions = [];

    /// <summary>The simple names of all that was referred to.</summary>
    public IEnumerable<string> AssemblyNames => assemblies.Keys;

    /// <returns>What a method of that type has for its parent.</returns>
    /// <exception cref="KeyNotFoundException">There is no such type.</exception>
    public EntityHandle Parent(KnownType type, NamedType constructed)
    {
        if (constructed.Arguments.Count == 0)
            return Refer(type);
        var signature = new BlobBuilder();
        Write(signature, constructed);
        var blob = metadata.GetOrAddBlob(signature);
        return constructions.TryGetValue(blob, out var known)
            ? known
            : constructions[blob] = metadata.AddTypeSpecification(blob);
    }

    /// <exception cref="KeyNotFoundException">There is no such type.</exception>
    public void Write(BlobBuilder signature, NamedType type)
    {
        for (var depth = 0; depth < type.ArrayDepth; depth++)
            signature.WriteByte((byte)SignatureTypeCode.SZArray);
        if (Primitives.TryGetValue(type.Name, out var primitive))
        {
            signature.WriteByte((byte)primitive);
            return;
        }
        var known = Find(type.Name);
        if (type.Arguments.Count > 0)
            signature.WriteByte((byte)SignatureTypeCode.GenericTypeInstance);
        signature.WriteByte((byte)(known.IsValueType ? SignatureTypeKind.ValueType : SignatureTypeKind.Class));
        signature.WriteCompressedInteger(CodedIndex.TypeDefOrRefOrSpec(Refer(known)));
        if (type.Arguments.Count > 0)
            WriteAll(signature, type.Arguments);
    }

    public void WriteAll(BlobBuilder signature, IReadOnlyList<NamedType> types)
    {
        signature.WriteCompressedInteger(types.Count);
        foreach (var type in types)
            Write(signature, type);
    }

    /// <returns>The coded index of what another assembly's signature refers to.</returns>
    public int Translate(MetadataReader assembly, EntityHandle type) => CodedIndex.TypeDefOrRefOrSpec(Refer(
        type.Kind == HandleKind.TypeDefinition
            ? new KnownType(assembly, (TypeDefinitionHandle)type)
            : Find(assembly.NameOf(type))));

    private KnownType Find(string name) => index.Find(name) is var found && found.Any()
        ? found.First()
        : throw new KeyNotFoundException($"no assembly holds {name}");

    private TypeReferenceHandle Refer(KnownType type)
    {
        if (references.TryGetValue(type, out var reference))
            return reference;
        var definition = type.Definition;
        var outer = definition.GetDeclaringType();
        EntityHandle scope = outer.IsNil ? Refer(type.AssemblyName) : Refer(type with { Handle = outer });
        return references[type] = metadata.AddTypeReference(
            scope,
            metadata.GetOrAddString(type.Assembly.GetString(definition.Namespace)),
            metadata.GetOrAddString(type.Assembly.GetString(definition.Name)));
    }

    // By simple name: the compiler looks for it among what it compiles, whatever the version or key.
    private AssemblyReferenceHandle Refer(string assembly) =>
        assemblies.TryGetValue(assembly, out var reference)
            ? reference
            : assemblies[assembly] = metadata.AddAssemblyReference(
                metadata.GetOrAddString(assembly), new Version(0, 0), default, default, default, default);
}
