using System.Reflection.Metadata;

namespace Tracebloc.Benchmarks.StartupProfile;

/// <summary>Full names of types from metadata.</summary>
internal static class MetadataNames
{
    /// <param name="assembly">Where the handle is from.</param>
    /// <param name="type">A definition or a reference; a construction has no name.</param>
    public static string NameOf(this MetadataReader assembly, EntityHandle type)
    {
        switch (type.Kind)
        {
            case HandleKind.TypeDefinition:
                var definition = assembly.GetTypeDefinition((TypeDefinitionHandle)type);
                return assembly.Join(definition.GetDeclaringType(), definition.Namespace, definition.Name);
            case HandleKind.TypeReference:
                var reference = assembly.GetTypeReference((TypeReferenceHandle)type);
                var scope = reference.ResolutionScope;
                return assembly.Join(
                    scope.Kind == HandleKind.TypeReference ? scope : default, reference.Namespace, reference.Name);
            default:
                return "";
        }
    }

    private static string Join(
        this MetadataReader assembly, EntityHandle outer, StringHandle @namespace, StringHandle name) =>
        !outer.IsNil ? $"{assembly.NameOf(outer)}+{assembly.GetString(name)}"
        : @namespace.IsNil ? assembly.GetString(name)
        : $"{assembly.GetString(@namespace)}.{assembly.GetString(name)}";
}
