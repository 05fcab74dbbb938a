using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Tracebloc.Benchmarks.StartupProfile;

/// <summary>
/// Gathers methods and writes them as a profile that crossgen goes by (<c>--mibc</c>): an assembly whose global methods
/// do nothing but load tokens of methods. The tool for it, dotnet-pgo, is no package.
/// </summary>
/// <seealso href="https://github.com/dotnet/runtime/tree/v10.0.0/src/coreclr/tools/aot/ILCompiler.ReadyToRun/IBC"/>
internal sealed class ProfileBuilder
{
    private const MethodAttributes Global = MethodAttributes.Public | MethodAttributes.Static;

    // One and the same for the same methods, as everything that is built.
    private static readonly BlobContentId Id = new(new Guid("5f0c3a4e-55a0-4d0e-9a38-9c9e6a0a7b11"), 1);

    private readonly MetadataBuilder metadata = new();
    private readonly AssemblyIndex index;
    private readonly TypeWriter types;
    private readonly Dictionary<(KnownType, MethodDefinitionHandle, string), EntityHandle> methods = [];

    public ProfileBuilder(AssemblyIndex index)
    {
        this.index = index;
        types = new TypeWriter(metadata, index);
    }

    /// <returns>Whether there is such a method; none for one that was made at run time.</returns>
    public bool TryAdd(NamedMethod method)
    {
        try
        {
            return Add(method);
        }
        catch (Exception foreign) when (foreign is KeyNotFoundException or NotSupportedException)
        {
            return false;
        }
    }

    public byte[] Build()
    {
        var code = new BlobBuilder();
        var bodies = new MethodBodyStreamEncoder(code);
        var listing = new InstructionEncoder(new BlobBuilder());
        foreach (var method in methods.Values)
        {
            Load(listing, method);
            // What has no weight is put with what is never called.
            listing.LoadString(metadata.GetOrAddUserString("ExclusiveWeight"));
            listing.LoadConstantI4(1);
            listing.OpCode(ILOpCode.Pop);
        }
        var dictionary = new InstructionEncoder(new BlobBuilder());
        dictionary.LoadString(metadata.GetOrAddUserString(string.Join(';', types.AssemblyNames)));
        Load(dictionary, MetadataTokens.MethodDefinitionHandle(2));
        dictionary.OpCode(ILOpCode.Pop);
        AddGlobal("AssemblyDictionary", bodies, dictionary);
        AddGlobal("Methods", bodies, listing);
        metadata.AddTypeDefinition(
            default, default, metadata.GetOrAddString("<Module>"), default,
            MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        metadata.AddModule(0, metadata.GetOrAddString("startup"), metadata.GetOrAddGuid(Id.Guid), default, default);
        metadata.AddAssembly(
            metadata.GetOrAddString("startup"), new Version(0, 0), default, default, default,
            AssemblyHashAlgorithm.None);
        var file = new BlobBuilder();
        new ManagedPEBuilder(
            PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), code,
            deterministicIdProvider: _ => Id).Serialize(file);
        return file.ToArray();
    }

    private bool Add(NamedMethod method)
    {
        var known = index.Find(method.Owner.Name)
            .SelectMany(type => type.Definition.GetMethods().Select(handle => (type, handle)))
            .Where(found => IsMeant(found.type.Assembly, found.type.Assembly.GetMethodDefinition(found.handle), method))
            .ToList();
        foreach (var (type, handle) in known)
        {
            var key = (type, handle, $"{method.Owner}:{string.Join(',', method.Arguments)}");
            if (!methods.ContainsKey(key))
                methods[key] = Write(type, type.Assembly.GetMethodDefinition(handle), method);
        }
        return known.Count > 0;
    }

    private static bool IsMeant(MetadataReader assembly, MethodDefinition definition, NamedMethod method) =>
        assembly.StringComparer.Equals(definition.Name, method.Name)
        && definition.GetGenericParameters().Count == method.Arguments.Count
        && SignatureCopy.CountParameters(assembly, definition) == method.ParameterCount;

    private static void Load(InstructionEncoder code, EntityHandle token)
    {
        code.OpCode(ILOpCode.Ldtoken);
        code.Token(token);
    }

    private EntityHandle Write(KnownType type, MethodDefinition definition, NamedMethod method)
    {
        var signature = new BlobBuilder();
        SignatureCopy.Copy(type.Assembly, definition, signature, types);
        var member = metadata.AddMemberReference(
            types.Parent(type, method.Owner), metadata.GetOrAddString(method.Name), metadata.GetOrAddBlob(signature));
        if (method.Arguments.Count == 0)
            return member;
        var arguments = new BlobBuilder();
        arguments.WriteByte((byte)SignatureKind.MethodSpecification);
        types.WriteAll(arguments, method.Arguments);
        return metadata.AddMethodSpecification(member, metadata.GetOrAddBlob(arguments));
    }

    private void AddGlobal(string name, MethodBodyStreamEncoder bodies, InstructionEncoder code)
    {
        code.OpCode(ILOpCode.Ret);
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature().Parameters(0, returns => returns.Void(), _ => { });
        metadata.AddMethodDefinition(
            Global, MethodImplAttributes.IL, metadata.GetOrAddString(name), metadata.GetOrAddBlob(signature),
            bodies.AddMethodBody(code), MetadataTokens.ParameterHandle(1));
    }
}
