using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Tracebloc.Benchmarks.StartupProfile;

/// <summary>The types of a folder of assemblies, by name.</summary>
internal sealed class AssemblyIndex : IDisposable
{
    private readonly List<PEReader> files;
    private readonly ILookup<string, KnownType> types;

    private AssemblyIndex(List<PEReader> files)
    {
        this.files = files;
        types = files
            .Select(file => file.GetMetadataReader())
            .SelectMany(assembly => assembly.TypeDefinitions.Select(type => new KnownType(assembly, type)))
            .ToLookup(type => type.FullName);
    }

    public static AssemblyIndex Read(string folder) =>
        new([.. Directory.EnumerateFiles(folder, "*.dll").Order().Select(file => new PEReader(File.OpenRead(file)))]);

    /// <summary>More than one for what several assemblies hold a copy of, such as <c>Interop</c>.</summary>
    public IEnumerable<KnownType> Find(string fullName) => types[fullName];

    public void Dispose() => files.ForEach(file => file.Dispose());
}

/// <summary>A type where it is defined.</summary>
internal readonly record struct KnownType(MetadataReader Assembly, TypeDefinitionHandle Handle)
{
    public TypeDefinition Definition => Assembly.GetTypeDefinition(Handle);

    public string AssemblyName => Assembly.GetString(Assembly.GetAssemblyDefinition().Name);

    /// <summary>As the JIT compiler and reflection write it: <c>Namespace.Outer+Inner</c>.</summary>
    public string FullName => Assembly.NameOf(Handle);

    public bool IsValueType => Definition.BaseType is { IsNil: false } parent
        && FullName != "System.Enum"
        && Assembly.NameOf(parent) is "System.ValueType" or "System.Enum";
}
